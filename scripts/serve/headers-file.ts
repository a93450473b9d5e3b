/** One block of a `_headers` file: a path, which may end in `*`, and the headers for it. */
export interface HeaderRule {
  path: string;
  headers: readonly (readonly [name: string, value: string])[];
}

/** Reads a `_headers` file. Throws with the line that is neither a path nor a header. */
export function parseHeadersFile(text: string): HeaderRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const header = /^\s+([\w-]+):\s*(.*)$/.exec(line);
    if (line.startsWith('/')) rules.push({ path: line.trim(), headers: [] });
    else if (header && rules.length > 0) rules.at(-1)?.headers.push([header[1] ?? '', header[2] ?? '']);
    else throw new Error(`_headers, line ${String(index + 1)}: expected a path or an indented header, found: ${line}`);
  });
  return rules;
}

/** The headers for a path: of all rules that match, later ones replacing earlier ones. */
export function headersFor(rules: readonly HeaderRule[], pathname: string): Record<string, string> {
  const matches = (path: string): boolean =>
    path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
  return Object.fromEntries(rules.filter(({ path }) => matches(path)).flatMap(({ headers }) => headers));
}
