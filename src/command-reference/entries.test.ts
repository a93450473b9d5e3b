import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseTranscript } from '../transcript/parse.ts';
import { listCommands, type Command } from './command.ts';
import { engineCommands } from './engine-commands.ts';
import { typedCommands } from './example.ts';
import { transcriptSources } from './uses.ts';

const FOLDER = 'content/commands';

/** What is wrong with a command's file; empty if all is well. */
function findFaults(command: Command, source: string | undefined, names: ReadonlySet<string>): string[] {
  if (source === undefined) return [`${command.slug}.md is missing`];
  const { purpose, reason } = load(/^---\n(.*?)^---$/ms.exec(source)?.[1] ?? '') as Record<string, unknown>;
  const typed = transcriptSources(source).flatMap((text) => typedCommands(parseTranscript(text), names));
  // A container is shown by its subcommands.
  const isShown = typed.some(({ name }) => name === command.name || name.startsWith(`${command.name}|`));
  const faults: string[] = [];
  if (typeof purpose !== 'string' || purpose.trim() === '') faults.push(`${command.slug}.md has no purpose`);
  if (typed.length > 0 && !isShown) faults.push(`${command.slug}.md has an example without ${command.title}`);
  if (typed.length === 0 && typeof reason !== 'string') faults.push(`${command.slug}.md has no example and no reason`);
  return faults;
}

const commands = listCommands(await engineCommands());
const names = new Set(commands.map(({ name }) => name));
const files = new Map(
  readdirSync(FOLDER).map((file) => [file.replace(/\.md$/, ''), readFileSync(`${FOLDER}/${file}`, 'utf8')]),
);

test('every command and subcommand of the engine has a purpose, and an example or a reason', () => {
  expect(commands.flatMap((command) => findFaults(command, files.get(command.slug), names))).toEqual([]);
});

test('no file is about a command that the engine does not have', () => {
  const slugs = new Set(commands.map(({ slug }) => slug));
  expect([...files.keys()].filter((slug) => !slugs.has(slug))).toEqual([]);
});

test('at least 95 % of the commands have an example that runs', () => {
  const shown = commands.filter(({ slug }) => transcriptSources(files.get(slug) ?? '').length > 0);
  expect(shown.length / commands.length).toBeGreaterThanOrEqual(0.95);
});

describe('faults are found', () => {
  const get = commands.find(({ name }) => name === 'get') as Command;
  const file = (frontmatter: string, ...lines: string[]) =>
    `---\n${frontmatter}\n---\n\n${lines.length > 0 ? ['```redis', ...lines, '```', ''].join('\n') : ''}`;

  test.each([
    ['a missing file', undefined, 'get.md is missing'],
    ['an empty purpose', file("purpose: ''", '> GET a'), 'get.md has no purpose'],
    ['an example of something else', file('purpose: Reads.', '> SET a 1', 'OK'), 'get.md has an example without GET'],
    ['neither example nor reason', file('purpose: Reads.'), 'get.md has no example and no reason'],
  ])('%s', (_, source, fault) => {
    expect(findFaults(get, source, names)).toEqual([fault]);
  });

  test('and a right file has none', () => {
    expect(findFaults(get, file('purpose: Reads.', '> GET a', '(nil)'), names)).toEqual([]);
  });
});
