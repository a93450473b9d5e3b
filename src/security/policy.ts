/** What a page contains that a policy must name. */
export interface InlineParts {
  /** `'sha256-...'` of each inline script. */
  scripts: ReadonlySet<string>;
  /** The same of each style element. */
  styles: ReadonlySet<string>;
}

/**
 * The Content-Security-Policy, as strict as this site can live with. Everything is from the site itself, and
 *
 * - `wasm-unsafe-eval` lets WebAssembly be compiled: the engine and the search index. It does not allow `eval`.
 * - Style *attributes* are allowed: Expressive Code writes the colours of highlighted text into them, and the same
 *   attributes come from xterm for coloured cells. Style *elements* need a hash, and xterm's are made without
 *   any (see `src/terminal/strict-styles.ts`). An attribute can only style its own element.
 * - `data:` images are the small drawings inside Starlight's own style sheets.
 * - `style-src` repeats the two finer directives for browsers that do not know them.
 */
export function policy({ scripts, styles }: InlineParts): string {
  return [
    `default-src 'none'`,
    ['script-src', `'self'`, `'wasm-unsafe-eval'`, ...scripts].join(' '),
    ['style-src-elem', `'self'`, ...styles].join(' '),
    `style-src-attr 'unsafe-inline'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** Directives that a meta element cannot carry; with headers the site can refuse to be framed. */
export const HEADER_ONLY = `frame-ancestors 'none'`;
