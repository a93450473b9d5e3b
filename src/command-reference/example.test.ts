import { expect, test } from 'vitest';
import { parseTranscript } from '../transcript/parse.ts';
import { replyKind, typedCommands } from './example.ts';
import { findUses, transcriptSources } from './uses.ts';

const NAMES = new Set(['get', 'set', 'config', 'config|get', 'ping']);

function typed(...lines: string[]): string[] {
  return typedCommands(parseTranscript(lines.join('\n')), NAMES).map(({ name }) => name);
}

test('a command is known by its name, whoever types it, repeated too', () => {
  expect(typed('> get a', '(nil)', 'alice> SET a 1', 'OK', '> 5 PING', '> FLY')).toEqual(['get', 'set', 'ping']);
});

test('a subcommand is told from its container', () => {
  expect(typed('> CONFIG GET port', '> CONFIG')).toEqual(['config|get', 'config']);
});

test('in the shell only what redis-cli is asked to run counts', () => {
  expect(
    typed('$ redis-cli -p 6380 --raw GET a', '$ echo GET', '$ redis-cli --bigkeys', '$ redis-cli -h x PING'),
  ).toEqual(['get', 'ping']);
});

test.each([
  [['OK'], 'status'],
  [['(integer) 3'], 'integer'],
  [['"(integer) 3"'], 'string'],
  [['(nil)'], 'nil'],
  [['(error) ERR no'], 'error'],
  [['(empty array)'], 'array'],
  [[' 1) "a"', ' 2) "b"'], 'array'],
  [['1# "a" => (integer) 1'], 'map'],
  [['# Server'], undefined],
  [[], undefined],
])('%j is %s', (lines, kind) => {
  expect(replyKind(lines)).toBe(kind);
});

test('transcripts are found in lists and quotations, other fences are not', () => {
  const body =
    'Text.\n\n```redis\n> GET a\n```\n\n- Item\n\n  ~~~redis norun\n  > PING\n  ~~~\n\n```txt\n> SET a\n```\n';
  expect(transcriptSources(body).map((source) => source.trim())).toEqual(['> GET a', '> PING']);
});

test('the lessons of a command are those that type it or name it, each once', () => {
  const lessons = [
    { id: 'lessons/a', title: 'A', body: '```redis\n> GET x\n> GET y\n```\n', commands: ['GET', 'CONFIG GET'] },
    { id: 'lessons/b', title: 'B', body: '```redis\n> GET x\n```\n' },
  ];
  const uses = findUses(lessons, NAMES);
  expect(uses.get('get')?.map(({ id }) => id)).toEqual(['lessons/a', 'lessons/b']);
  expect(uses.get('config|get')?.map(({ id }) => id)).toEqual(['lessons/a']);
  expect(uses.get('set')).toBeUndefined();
});
