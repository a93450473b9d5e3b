import { expect, test } from 'vitest';
import { Lab } from '../../wasm-redis/lab/lab.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { readPage } from './page.ts';
import { playPage, type PlayEvent } from './play-page.ts';
import type { PlayedPage } from './play-pages.ts';
import { rewriteReplies } from './rewrite.ts';
import { scriptedMachine } from '../../src/transcript/scripted-machine.ts';

const ANSWERS: Readonly<Record<string, string>> = {
  'GET bike:1': '"Deimos"\n',
  INFO: '# Server\nrun_id:0123\nport:6379\n\n# Clients\n',
  'LRANGE l 0 -1': '1) "a"\n2) "b"\n',
  QUIET: '',
};

async function accept(source: string): Promise<string> {
  const page = readPage('page.md', source);
  const machine = scriptedMachine((line) => ANSWERS[line] ?? 'OK\n');
  const events: PlayEvent[] = [];
  await playPage(
    page,
    { enter: async () => new Lab(machine, TOPOLOGIES.single), discard: () => machine.dispose() },
    (event) => events.push(event),
  );
  const fences: PlayedPage['fences'] = page.fences.map((_, index) =>
    events.flatMap((event) => (event.type === 'step' && event.fence === index ? [event.played] : [])),
  );
  return rewriteReplies(source, { page, fences, trials: [] });
}
const fence = (...lines: string[]) => ['# Title', '', '```redis', ...lines, '```', '', 'Text.'].join('\n');

test('a reply that differs is replaced, all else stays', async () => {
  expect(await accept(fence('> GET bike:1', '"Phobos"', 'x', '', '# remark', '> GET bike:1', '"Deimos"'))).toBe(
    fence('> GET bike:1', '"Deimos"', '', '# remark', '> GET bike:1', '"Deimos"'),
  );
});

test('a missing reply is added and one that is none is removed', async () => {
  expect(await accept(fence('> GET bike:1', '> QUIET', 'x', '> LRANGE l 0 -1', '2) "b"'))).toBe(
    fence('> GET bike:1', '"Deimos"', '> QUIET', '> LRANGE l 0 -1', '1) "a"', '2) "b"'),
  );
});

test('lines are escaped, and wildcards that still match are kept', async () => {
  expect(await accept(fence('> INFO', 'run_id:...'))).toBe(
    fence('> INFO', '\\# Server', 'run_id:...', 'port:6379', '', '\\# Clients'),
  );
  expect(await accept(fence('> INFO', '\\# Server', '...', 'port:1'))).toBe(fence('> INFO', '\\# Server', '...'));
});

test('a page that is right stays byte for byte', async () => {
  const source = fence('> GET bike:1', '"Deimos"   ', '', '', '> SET a b', 'OK');
  expect(await accept(source)).toBe(source);
});

test('the indentation of a list and the sign of a quotation stay', async () => {
  expect(await accept('- Item\n\n  ```redis\n  > LRANGE l 0 -1\n  ```\n')).toBe(
    '- Item\n\n  ```redis\n  > LRANGE l 0 -1\n  1) "a"\n  2) "b"\n  ```\n',
  );
  expect(await accept('> ```redis\n> > GET bike:1\n> x\n> ```\n')).toBe(
    '> ```redis\n> > GET bike:1\n> "Deimos"\n> ```\n',
  );
});
