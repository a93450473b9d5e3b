import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';

/** A command line on an emulated screen without a document: what it shows, and what it has read. */
async function edit(
  keys: readonly string[],
  columns = 20,
): Promise<{ screen: string; cursor: string; read: (string | undefined)[] }> {
  const terminal = new Terminal({ cols: columns, rows: 8, allowProposedApi: true });
  const programs = ['redis-cli', 'redis-check-rdb', 'wc', 'node/'];
  const line = new CommandLine(
    { write: (output) => terminal.write(output), size: { columns } },
    {
      complete: async (before) => {
        const start = before.lastIndexOf(' ') + 1;
        return { start, words: programs.filter((program) => program.startsWith(before.slice(start))) };
      },
    },
  );
  const read: (string | undefined)[] = [];
  let reading = line.read(() => '$ ');
  for (const pressed of keys) {
    for (let rest = pressed; rest !== '';) {
      rest = line.press(rest);
      if (line.reading) continue;
      read.push(await reading);
      reading = line.read(() => '$ ');
    }
    // What Tab found comes a moment later.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise<void>((resolve) => terminal.write('', resolve));
  const { active } = terminal.buffer;
  const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  return { screen: rows.join('\n').trimEnd(), cursor: `${String(active.cursorY)},${String(active.cursorX)}`, read };
}

test('a line is typed, edited in the middle and read', async () => {
  const { screen, read } = await edit(['redis-cli PNG', '\x1b[D\x1b[D', 'I', '\r']);
  expect(screen).toBe('$ redis-cli PING\n$');
  expect(read).toEqual(['redis-cli PING']);
});

test('a line longer than the screen wraps, and its cursor goes back over the edge', async () => {
  const { screen, cursor } = await edit(['redis-cli ECHO abcdefghij', '\x01', 'x', '\x05', '\x7f']);
  expect(screen).toBe('$ xredis-cli ECHO ab\ncdefghi');
  expect(cursor).toBe('1,7');
});

test('a line that fills its row exactly has its cursor on the next', async () => {
  expect((await edit(['123456789012345678'])).cursor).toBe('1,0');
});

test('keys of a shell: kill to the end, to the start, a word, delete', async () => {
  expect((await edit(['one two three', '\x17', '\x01', '\x1b[3~'])).screen).toBe('$ ne two');
  expect((await edit(['one two', '\x1b[D\x1b[D\x1b[D', '\x0b'])).screen).toBe('$ one');
  expect((await edit(['one two', '\x15'])).screen).toBe('$');
});

test('the history is walked with the arrows, and a repeated line is kept once', async () => {
  const { read } = await edit(['wc a\r', 'wc a\r', 'wc b\r', '\x1b[A\x1b[A\r', '\x1b[A\x1b[A\x1b[A\x1b[B\r']);
  expect(read).toEqual(['wc a', 'wc a', 'wc b', 'wc a', 'wc b']);
});

test('Tab completes a word, goes as far as all agree, or lists those that fit', async () => {
  expect((await edit(['w\t', '-l'])).screen).toBe('$ wc -l');
  expect((await edit(['r\t', 'l\t'])).screen).toBe('$ redis-cli');
  expect((await edit(['redis-c\t'])).screen).toBe('$ redis-c\nredis-cli  redis-che\nck-rdb\n$ redis-c');
  expect((await edit(['wc n\t', 'log'])).screen).toBe('$ wc node/log');
  expect((await edit(['nothing\t'])).screen).toBe('$ nothing');
});

test('what is typed on while Tab looks is not undone by it', async () => {
  expect((await edit(['w\tx'])).screen).toBe('$ wx');
});

test('Ctrl-R finds an earlier line by what is in it, and again an earlier one', async () => {
  const lines = ['wc abc\r', 'redis-cli\r', 'wc abd\r'];
  expect((await edit([...lines, '\x12ab'], 60)).screen).toMatch(/\(reverse-i-search\)`ab': wc abd$/);
  expect((await edit([...lines, '\x12ab\x12'], 60)).screen).toMatch(/`ab': wc abc$/);
  expect((await edit([...lines, '\x12abx'], 60)).screen).toMatch(/\(failed reverse-i-search\)`abx':$/);
  expect((await edit([...lines, '\x12abx\x7f\r'], 60)).read.at(-1)).toBe('wc abd');
  expect((await edit([...lines, '\x12abc\x1b[D!\r'], 60)).read.at(-1)).toBe('wc ab!c');
  expect((await edit([...lines, 'typed\x12abc\x07'], 60)).screen).toMatch(/\$ typed$/);
});

test('Ctrl-C drops the line, Ctrl-D on an empty one ends', async () => {
  const { screen, read } = await edit(['half\x03', '\x04']);
  expect(read).toEqual([undefined]);
  expect(screen).toBe('$ half^C\n$ \n$');
});

test('a paste of several lines is read line by line', async () => {
  expect((await edit(['wc a\rwc b\r'])).read).toEqual(['wc a', 'wc b']);
});

test('sequences that mean nothing here are not typed', async () => {
  expect((await edit(['a\x1b[5~\x1bOPb'])).screen).toBe('$ ab');
});
