import { expect, test } from 'vitest';
import { plain } from '../resp/plain.ts';
import { choices } from './choices.ts';
import { PORT, startRedis, utf8 } from './rig.ts';

const DEBUG = ['--enable-debug-command', 'yes'];

test.each([
  ['string', { kind: 'bulk', bytes: utf8('Hello World') }],
  ['integer', { kind: 'integer', value: 12345 }],
  ['double', { kind: 'double', value: 3.141 }],
  ['null', { kind: 'null' }],
  ['bignum', { kind: 'big-number', value: 1234567999999999999999999999999999999n }],
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['verbatim', { kind: 'verbatim', format: 'txt', bytes: utf8('This is a verbatim\nstring') }],
])('RESP3 has a type for %s', async (name, value) => {
  const { client } = await startRedis(...DEBUG);
  await client.call('HELLO', 3);
  expect(await client.command('DEBUG', 'PROTOCOL', name)).toEqual(value);
});

test('collections and attributes have types of their own in RESP3, and are arrays in RESP2', async () => {
  const { client } = await startRedis(...DEBUG);
  expect(await client.call('DEBUG', 'PROTOCOL', 'set')).toEqual([0, 1, 2]);
  expect(await client.call('DEBUG', 'PROTOCOL', 'map')).toEqual([0, 0, 1, 1, 2, 0]);
  await client.call('HELLO', 3);
  expect(await client.call('DEBUG', 'PROTOCOL', 'array')).toEqual([0, 1, 2]);
  expect(await client.call('DEBUG', 'PROTOCOL', 'set')).toEqual(new Set([0, 1, 2]));
  expect(await client.call('DEBUG', 'PROTOCOL', 'map')).toEqual(
    new Map<number, unknown>([
      [0, false],
      [1, true],
      [2, false],
    ]),
  );
  const attribute = await client.command('DEBUG', 'PROTOCOL', 'attrib');
  expect(plain(attribute)).toBe('Some real reply following the attribute');
  expect(attribute.attributes?.map(([key, value]) => [plain(key), plain(value)])).toEqual([
    ['key-popularity', ['key:123', 90]],
  ]);
});

test('commands answer with RESP3 types once HELLO 3 was said', async () => {
  const { client } = await startRedis();
  await client.pipeline([
    ['HSET', 'h', 'a', 1],
    ['ZADD', 'z', 1.5, 'm'],
    ['SADD', 's', 'x'],
  ]);
  expect(await client.call('HGETALL', 'h')).toEqual(['a', '1']);
  expect(await client.call('ZSCORE', 'z', 'm')).toBe('1.5');
  await client.call('HELLO', 3);
  expect(await client.call('HGETALL', 'h')).toEqual(new Map([['a', '1']]));
  expect(await client.call('ZSCORE', 'z', 'm')).toBe(1.5);
  expect(await client.call('SMEMBERS', 's')).toEqual(new Set(['x']));
  expect(await client.call('ZRANGE', 'z', 0, -1, 'WITHSCORES')).toEqual([['m', 1.5]]);
  expect(await client.call('GET', 'missing')).toBe(null);
  expect(await client.call('CONFIG', 'GET', 'hz')).toEqual(new Map([['hz', '10']]));
  await client.call('HELLO', 2);
  expect(await client.call('HGETALL', 'h')).toEqual(['a', '1']);
});

test('inline commands, pipelines and requests in pieces are understood', async () => {
  const { machine } = await startRedis();
  let received = '';
  const connection = await machine.connect({ port: PORT }, (bytes) => {
    received += bytes ? new TextDecoder().decode(bytes) : '<end>';
  });
  await machine.send(connection, utf8('SET k "a \\x41"\r\n\r\nGET k\n'));
  for (const byte of utf8('*2\r\n$4\r\nECHO\r\n$3\r\na\r\n\r\n*1\r\n$4\r\nPING\r\n')) {
    await machine.send(connection, Uint8Array.of(byte));
    await machine.settle();
  }
  expect(received).toBe('+OK\r\n$3\r\na A\r\n$3\r\na\r\n\r\n+PONG\r\n');
});

test.each([
  ['*1\r\n+PING\r\n', "-ERR Protocol error: expected '$', got '+'\r\n<end>"],
  ['*2147483648\r\n', '-ERR Protocol error: invalid multibulk length\r\n<end>'],
  ['*1\r\n$-5\r\n', '-ERR Protocol error: invalid bulk length\r\n<end>'],
  ['GET "k\r\n', '-ERR Protocol error: unbalanced quotes in request\r\n<end>'],
  [`${'x'.repeat(70_000)}`, '-ERR Protocol error: too big inline request\r\n<end>'],
])('a protocol error is told and ends the connection: %j', async (request, reply) => {
  const { machine } = await startRedis();
  let received = '';
  const connection = await machine.connect({ port: PORT }, (bytes) => {
    received += bytes ? new TextDecoder().decode(bytes) : '<end>';
  });
  await machine.send(connection, utf8(request));
  await machine.settle();
  expect(received).toBe(reply);
});

test('binary keys and values come back unchanged', async () => {
  const { client } = await startRedis();
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  await client.call('SET', every, every);
  expect(await client.command('GET', every)).toEqual({ kind: 'bulk', bytes: every });
});

test('a value of 64 megabytes fits', async () => {
  const { client } = await startRedis('--maxmemory', '300mb');
  const large = new Uint8Array(64 * 1024 * 1024).fill(97);
  expect(await client.call('SET', 'k', large)).toBe('OK');
  expect(await client.call('STRLEN', 'k')).toBe(large.length);
});

test('random bytes do not harm the server', async () => {
  const { machine, server, client } = await startRedis(...DEBUG);
  const { below, bytes, one } = choices(20260101);
  const fragments = [
    '*',
    '$',
    '\r\n',
    '3',
    '-1',
    'SET',
    'GET',
    'k',
    ' ',
    '"',
    '\\x',
    'EVAL',
    '*3\r\n$3\r\n',
    '\0',
    '4294967296',
  ];
  for (let round = 0; round < 150; round++) {
    const connection = await machine.connect({ port: PORT }, () => {});
    const parts = Array.from({ length: 1 + below(40) }, () =>
      below(4) === 0 ? bytes(below(20)) : utf8(one(fragments)),
    );
    const request = Uint8Array.from(parts.flatMap((part) => [...part]));
    await machine.send(connection, request).catch((error: unknown) => expect(error).toMatchObject({ code: 'EPIPE' }));
    await machine.disconnect(connection);
  }
  await machine.settle();
  expect(await client.call('PING')).toBe('PONG');
  expect(await client.call('DEBUG', 'DIGEST')).toMatch(/^[0-9a-f]{40}$/);
  expect(server.log()).not.toContain('REDIS BUG REPORT');
});
