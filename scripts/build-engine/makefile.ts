/**
 * The object files that a variable of a Makefile lists, without `.o`, in order.
 *
 * Understands what upstream's Makefiles use: `NAME=a.o b.o`, `NAME = ...`, lines continued by a backslash, remarks.
 * Words that are not plain object files (`$(OTHER)`) are left out. The first assignment counts: the later ones add
 * optional parts such as TLS.
 *
 * @throws if the variable is not there or lists nothing.
 */
export function objectsOf(makefile: string, variable: string): string[] {
  const lines = makefile.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  for (const line of lines) {
    const assignment = /^(\w+)\s*:?=(.*)$/.exec(line);
    if (assignment?.[1] !== variable) continue;
    const words = (assignment[2] ?? '').replace(/#.*/, '').split(/\s+/);
    const objects = words.flatMap((word) => /^([\w./-]+)\.o$/.exec(word)?.[1] ?? []);
    if (objects.length > 0) return objects;
  }
  throw new Error(`the Makefile has no list of objects called ${variable}`);
}
