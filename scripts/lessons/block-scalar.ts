/**
 * Finds the text of `name: |` at the top level of a YAML mapping: the line of its first line, from 0, and its
 * indentation. Throws if the text is written in another way, as only a block can hold a transcript that is rewritten.
 */
export function findBlockScalar(yaml: string, name: string): { line: number; indent: string } {
  const lines = yaml.split('\n');
  const head = lines.findIndex((line) => new RegExp(`^${name}: *\\|-?\\s*$`).test(line));
  const indent = /^ +/.exec(lines[head + 1] ?? '')?.[0];
  if (head < 0 || indent === undefined) throw new Error(`expected \`${name}: |\` and an indented transcript after it`);
  return { line: head + 1, indent };
}
