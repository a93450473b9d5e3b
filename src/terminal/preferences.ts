/**
 * What a reader has chosen for terminals, kept by the browser where it allows that. A browser that refuses storage
 * gives every page the default.
 */
export function readPreference(name: string): string | undefined {
  return storage()?.getItem(`redis-terminal.${name}`) ?? undefined;
}

export function writePreference(name: string, value: string): void {
  storage()?.setItem(`redis-terminal.${name}`, value);
}

/** Undefined where cookies are blocked: even touching the property throws there. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
