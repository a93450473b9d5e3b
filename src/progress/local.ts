/**
 * What must be at hand before a page is drawn, or while it goes away, is in localStorage, which answers at once:
 * `rm-glance`, a copy of what the sidebar shows (written by `glance.ts`); `rm-visits`, visits that are not in the
 * database yet. Undefined where the browser refuses storage: even touching the property throws there.
 */
export function localStore(): Storage | undefined {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** An object from a JSON text; no fields if the text is none, as after somebody has edited it by hand. */
export function readObject(text: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
