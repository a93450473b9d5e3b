import { expect, test } from 'vitest';
import { encodePipeline } from '../../../wasm-redis/resp/encode.ts';
import { startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import type { Message } from './message.ts';
import { RespDecoder } from './resp-decoder.ts';
import type { Sender } from './resp-frames.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function decode(sender: Sender, bytes: Uint8Array, pieceBytes = bytes.length): Message[] {
  const decoder = new RespDecoder(sender);
  const messages: Message[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    messages.push(...decoder.push(bytes.subarray(at, at + pieceBytes)));
  return messages;
}

const said = (messages: readonly Message[]): string[] => messages.map(({ kind, summary }) => `${kind}: ${summary}`);

const REPLIES: readonly (readonly [bytes: string, said: string])[] = [
  ['+OK\r\n', 'reply: OK'],
  ['-ERR no such thing\r\n', 'error: ERR no such thing'],
  [':-7\r\n', 'reply: (integer) -7'],
  ['$-1\r\n', 'reply: (nil)'],
  ['$0\r\n\r\n', 'reply: ""'],
  ['$8\r\na"\r\nb\x00c\xff\r\n', 'reply: "a\\"\\r\\nb\\x00c\\xff"'],
  ['$5\r\nh\xc3\xa9 \\\r\n', 'reply: "hé \\\\"'],
  ['*-1\r\n', 'reply: (nil)'],
  ['*0\r\n', 'reply: []'],
  ['*3\r\n:1\r\n*2\r\n$1\r\na\r\n*0\r\n+x\r\n', 'reply: [(integer) 1, ["a", []], x]'],
  ['%2\r\n+a\r\n:1\r\n+b\r\n%0\r\n', 'reply: {a: (integer) 1, b: {}}'],
  ['~2\r\n#t\r\n#f\r\n', 'reply: set [(true), (false)]'],
  [',1.5\r\n', 'reply: (double) 1.5'],
  ['(12345678901234567890\r\n', 'reply: (integer) 12345678901234567890'],
  ['_\r\n', 'reply: (nil)'],
  ['=7\r\ntxt:abc\r\n', 'reply: "abc"'],
  ['!3\r\nERR\r\n', 'error: ERR'],
  ['>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n', 'push: push ["message", "c", "m"]'],
  ['|1\r\n+ttl\r\n:5\r\n$1\r\nv\r\n', 'reply: "v"'],
  ['*1\r\n|1\r\n+ttl\r\n:5\r\n*1\r\n+v\r\n', 'reply: [[v]]'],
];

test.each([1, 2, 3, 7, 64, 1000])('every type of RESP2 and RESP3, in pieces of %d bytes', (pieceBytes) => {
  const all = bytesOf(REPLIES.map(([bytes]) => bytes).join(''));
  const messages = decode('server', all, pieceBytes);
  expect(said(messages)).toEqual(REPLIES.map(([, words]) => words));
  let offset = 0;
  for (const [index, [bytes]] of REPLIES.entries()) {
    expect(messages[index]).toMatchObject({ offset, byteCount: bytes.length, bytes: bytesOf(bytes) });
    offset += bytes.length;
  }
});

test('commands: pipelined, inline, with quotes where they are needed; an empty line is none', () => {
  const commands = encodePipeline([
    ['SET', 'k', 'two words'],
    ['GET', ''],
  ]);
  const text = String.fromCharCode(...commands);
  expect(said(decode('client', bytesOf(`${text}PING hello\r\n\r\nGET k\n${text}`), 5))).toEqual([
    'command: SET k "two words"',
    'command: GET ""',
    'command: PING hello',
    'keep-alive: an empty line',
    'command: GET k',
    'command: SET k "two words"',
    'command: GET ""',
  ]);
});

test.each([
  ['server', 'hello\r\n', /expected a type/],
  ['server', '$abc\r\n', /expected a length/],
  ['server', '$3\r\nabcdef', /length that does not fit/],
  ['server', '+no CR\n', /expected CR LF/],
  ['client', '*1\r\nPING\r\n', /expected a type/],
  ['client', '*1\r\n:5\r\n', /not a command/],
  ['client', `${'x'.repeat(70_000)}`, /within 64 KiB/],
] as const)(
  '%s: what is not RESP is said to be broken (%#), and the next piece begins anew',
  (sender, broken, words) => {
    const decoder = new RespDecoder(sender);
    const messages = decoder.push(bytesOf(broken));
    expect(messages[0]?.kind).toBe('broken');
    expect(messages[0]?.summary).toMatch(words);
    expect(messages.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBeLessThanOrEqual(broken.length);
  },
);

test('after broken bytes the next piece begins a message', () => {
  const decoder = new RespDecoder('server');
  expect(said(decoder.push(bytesOf('+a\r\nrubbish\r\n+b\r\n')))).toEqual([
    'reply: a',
    expect.stringMatching(/^broken: not RESP: expected a type/),
  ]);
  const [next] = decoder.push(bytesOf('+c\r\n'));
  expect(next).toMatchObject({ summary: 'c', offset: 17 });
});

test('of a large value the beginning is kept, and all of it is counted', () => {
  const value = 'x'.repeat(1_000_000);
  const bytes = encodePipeline([['SET', 'k', value], ['PING']]);
  const [set, ping] = decode('client', bytes, 65_536);
  expect(set).toMatchObject({ kind: 'command', byteCount: 1_000_032 });
  expect(set?.bytes).toHaveLength(16 * 1024);
  expect(ping).toMatchObject({ summary: 'PING', offset: 1_000_032 });
});

test('nothing that a client may send or a server may answer makes it throw, and no byte gets lost', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const got: Uint8Array[] = [];
  const connection = await machine.connect({ port: 6379 }, (bytes) => void (bytes && got.push(bytes)));
  const commands = [
    ['HELLO', '3'],
    ['COMMAND', 'INFO', 'GET'],
    ['CONFIG', 'GET', 'max*'],
    ['NOSUCH'],
    ['CLIENT', 'LIST'],
  ];
  await machine.send(connection, encodePipeline(commands));
  await machine.settle();
  const bytes = new Uint8Array(Buffer.concat(got));
  const messages = decode('server', bytes, 11);
  expect(messages.map(({ kind }) => kind)).toEqual(['reply', 'reply', 'reply', 'error', 'reply']);
  expect(messages.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
  // A seed of its own: a small generator, so that a failure can be found again.
  let state = 42;
  const next = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  for (let round = 0; round < 300; round++) {
    const spoilt = bytes.slice(0, 400);
    for (let count = next(6); count >= 0; count--) spoilt[next(spoilt.length)] = next(256);
    const decoder = new RespDecoder(round % 2 === 0 ? 'server' : 'client');
    const found = [...decoder.push(spoilt.subarray(0, 100)), ...decoder.push(spoilt.subarray(100))];
    const last = found.at(-1);
    expect(decoder.offset).toBe(400);
    expect(
      found.every(({ offset }, at) => offset === found.slice(0, at).reduce((sum, { byteCount }) => sum + byteCount, 0)),
    ).toBe(true);
    expect(last ? last.offset + last.byteCount : 0).toBeLessThanOrEqual(400);
  }
});
