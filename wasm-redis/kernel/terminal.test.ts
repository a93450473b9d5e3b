import { expect, test } from 'vitest';
import { ERRNO, POLL, TERMIOS } from '../build/abi.ts';
import { Terminal } from './terminal.ts';

interface Desk {
  terminal: Terminal;
  screen: () => string;
  signals: string[];
  type: (keys: string) => void;
  read: (count?: number) => string | number;
  raw: () => void;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function open(): Desk {
  let shown = '';
  const signals: string[] = [];
  const terminal = new Terminal(80, 24, {
    onOutput: (bytes) => {
      shown += new TextDecoder().decode(bytes);
    },
    onPending: () => {},
    onSignal: (signal) => signals.push(signal),
  });
  return {
    terminal,
    signals,
    screen: () => {
      terminal.sink.flush();
      return shown;
    },
    type: (keys) => terminal.press(utf8(keys)),
    read: (count = 100) => {
      const into = new Uint8Array(count);
      const taken = terminal.read(into, 0, count);
      return taken < 0 ? taken : new TextDecoder().decode(into.subarray(0, taken));
    },
    raw: () => {
      const { modes } = terminal;
      const local = modes.local & ~(TERMIOS.ICANON | TERMIOS.ECHO | TERMIOS.ISIG);
      terminal.setModes({ ...modes, local, input: 0, output: modes.output & ~TERMIOS.OPOST });
    },
  };
}

test('a line is read when it is complete, and echoed as it is typed', () => {
  const { type, read, screen } = open();
  type('ab');
  expect([read(), screen()]).toEqual([-ERRNO.EAGAIN, 'ab']);
  type('c\rnext\r');
  expect(screen()).toBe('abc\r\nnext\r\n');
  expect([read(), read(), read()]).toEqual(['abc\n', 'next\n', -ERRNO.EAGAIN]);
});

test('a line may be read in parts', () => {
  const { type, read } = open();
  type('abcdef\n');
  expect([read(2), read(2), read()]).toEqual(['ab', 'cd', 'ef\n']);
});

test('Backspace takes a character, whole even if it is several bytes; Ctrl-U takes the line', () => {
  const { type, read, screen } = open();
  type('aé\x7f\x7f\x7fx\x15');
  expect(screen()).toBe('aé\b \b\b \bx\b \b');
  type('y\r');
  expect(read()).toBe('y\n');
});

test('Ctrl-D ends the input when the line is empty, and sends the line when not', () => {
  const { type, read } = open();
  type('\x04');
  expect([read(), read()]).toEqual(['', -ERRNO.EAGAIN]);
  type('ab\x04');
  expect(read()).toBe('ab');
});

test('Ctrl-C is a signal, shows itself, and drops what was typed', () => {
  const { type, read, screen, signals } = open();
  type('typed\rab\x03');
  expect([signals, screen(), read()]).toEqual([['SIGINT'], 'typed\r\nab^C', -ERRNO.EAGAIN]);
  type('\x1c');
  expect(signals).toEqual(['SIGINT', 'SIGQUIT']);
});

test('in raw mode every key is read at once, none is shown and none is a signal', () => {
  const { type, read, screen, signals, raw } = open();
  raw();
  type('a\x03\x7f\r\x1b[A');
  expect([read(), screen(), signals]).toEqual(['a\x03\x7f\r\x1b[A', '', []]);
});

test('what was typed ahead is not lost when the mode changes, and a raw reader gets the keys', () => {
  const { type, read, raw, terminal } = open();
  const cooked = terminal.modes;
  type('first\rsecond');
  raw();
  expect(read()).toBe('first\rsecond');
  type('raw');
  terminal.setModes(cooked);
  expect(read()).toBe('raw');
});

test('what nobody has read can be taken back, half a line too, and is then gone', () => {
  const { terminal, type, read } = open();
  type('one\rtw');
  expect(new TextDecoder().decode(terminal.takeTyped())).toBe('one\ntw');
  expect(read()).toBe(-ERRNO.EAGAIN);
  expect(terminal.takeTyped()).toHaveLength(0);
});

test('a new line also returns the carriage, unless the output is raw', () => {
  const { terminal, screen, raw } = open();
  terminal.write(utf8('a\nb\r\n'), 0, 5);
  expect(screen()).toBe('a\r\nb\r\r\n');
  raw();
  terminal.write(utf8('c\n'), 0, 2);
  expect(screen()).toBe('a\r\nb\r\r\nc\n');
});

test('a line that is too long rings the bell', () => {
  const { type, read, screen } = open();
  type('x'.repeat(5000));
  expect(screen()).toBe('x'.repeat(4096) + '\x07'.repeat(904));
  type('\r');
  expect(read(10_000)).toBe(`${'x'.repeat(4096)}\n`);
});

test('a terminal that was hung up gives the end of input and takes no output', () => {
  const { terminal, read } = open();
  let woken = 0;
  terminal.watch({ notify: () => woken++ });
  terminal.hangUp();
  expect(woken).toBe(1);
  expect(terminal.readiness() & POLL.POLLHUP).not.toBe(0);
  expect(read()).toBe('');
  expect(terminal.write(utf8('x'), 0, 1)).toBe(-ERRNO.EIO);
});
