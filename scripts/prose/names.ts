import type { Finding } from './finding.ts';
import type { Lesson } from './lesson.ts';

/** Upstream's source, as far as it lies on this computer: the text of a file of `src/`, or nothing. */
export type UpstreamSource = (file: string) => string | undefined;

/** Every `<Source>` names a file and a function that is in it. Files that are not at hand are not looked at. */
export function checkSources({ components }: Lesson, source: UpstreamSource): Finding[] {
  return components.flatMap(({ name, line, attributes, text }) => {
    if (name !== 'Source') return [];
    const file = attributes['file'] ?? '';
    if (!/^[\w-]+\.[ch]$/.test(file))
      return [{ line, message: `<Source>: expected a file of upstream's src/, found "${file}"` }];
    const code = source(file);
    if (code === undefined || new RegExp(`\\b${escape(text)}\\b`).test(code)) return [];
    return [{ line, message: `<Source>: expected \`${text}\` in ${file}, found none` }];
  });
}

/** Every command of the frontmatter is one of Redis. `known` has them as `config|get`. */
export function checkCommands({ frontmatter }: Lesson, known: ReadonlySet<string>): Finding[] {
  const rows = Array.isArray(frontmatter['complexity']) ? (frontmatter['complexity'] as { commands?: unknown }[]) : [];
  const named = [frontmatter['commands'], ...rows.map((row) => row.commands)].flatMap((list: unknown) =>
    Array.isArray(list) ? list.map(String) : [],
  );
  return [...new Set(named)]
    .filter((command) => !known.has(command.toLowerCase().replace(' ', '|')))
    .map((command) => ({ line: 1, message: `commands: expected a command of Redis 7.0, found "${command}"` }));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
