import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';

/** A command line on an emulated screen without a document: what it shows, and what it has read. */
async function edit(
  keys: readonly string[],
  columns = 20,
): Promise<{ screen: string; cursor: string; read: string[] }> {
  const terminal = new Terminal({ cols: columns, rows: 8, allowProposedApi: true });
  const line = new CommandLine({ write: (output) => terminal.write(output), columns }, '$ ', [
    'redis-cli',
    'redis-check-rdb',
    'wc',
  ]);
  const read: string[] = [];
  let reading = line.read();
  for (const pressed of keys) {
    for (let rest = pressed; rest !== '';) {
      rest = line.press(rest);
      if (line.reading) continue;
      read.push(await reading);
      reading = line.read();
    }
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

test('Tab completes the name of a program, or lists those that fit', async () => {
  expect((await edit(['w\t-l'])).screen).toBe('$ wc -l');
  expect((await edit(['redis-c\t'])).screen).toBe('$ redis-c\nredis-cli  redis-che\nck-rdb\n$ redis-c');
});

test('Ctrl-C drops the line, Ctrl-D on an empty one reads it', async () => {
  const { screen, read } = await edit(['half\x03', '\x04']);
  expect(read).toEqual(['']);
  expect(screen).toBe('$ half^C\n$ \n$');
});

test('a paste of several lines is read line by line', async () => {
  expect((await edit(['wc a\rwc b\r'])).read).toEqual(['wc a', 'wc b']);
});

test('sequences that mean nothing here are not typed', async () => {
  expect((await edit(['a\x1b[5~\x1bOPb'])).screen).toBe('$ ab');
});
