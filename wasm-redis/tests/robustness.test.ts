import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PORT, run, startMachine, startRedis, startServer, utf8 } from './rig.ts';

const DEBUG = ['--enable-debug-command', 'yes', '--save', ''];

test.each([
  { command: 'SEGFAULT', status: { kind: 'signal', signal: 'SIGSEGV' }, log: 'crashed by signal: 11' },
  { command: 'PANIC', status: { kind: 'signal', signal: 'SIGABRT' }, log: 'Guru Meditation: DEBUG PANIC called' },
  { command: 'ASSERT', status: { kind: 'signal', signal: 'SIGABRT' }, log: '=== ASSERTION FAILED ===' },
  { command: 'OOM', status: { kind: 'signal', signal: 'SIGABRT' }, log: 'Out Of Memory allocating' },
])('a server that crashes by DEBUG $command dies alone, and says how', async ({ command, status, log }) => {
  const machine = startMachine();
  const server = await startServer(machine, ...DEBUG);
  const neighbour = await startServer(machine, '--port', '7000', '--save', '');
  const client = await server.client();
  await expect(client.call('DEBUG', command)).rejects.toMatchObject({ code: 'EPIPE' });
  expect(await server.exited).toEqual(status);
  expect(server.log()).toContain(log);
  expect(await (await neighbour.client()).call('PING')).toBe('PONG');
  const again = await startServer(machine, ...DEBUG);
  expect(await (await again.client()).call('PING')).toBe('PONG');
});

/** The server's module with a memory that cannot grow beyond so many bytes: the limit in its memory section, replaced. */
async function loadSmallServer(memoryBytes: number): Promise<WebAssembly.Module> {
  const bytes = new Uint8Array(await readFile(new URL('../build/redis-server.wasm', import.meta.url)));
  const number = (at: number): { value: number; next: number } => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return { value, next: at };
    }
  };
  const MEMORY_SECTION = 5;
  let at = 8;
  while (bytes[at] !== MEMORY_SECTION) {
    const { value: size, next } = number(at + 1);
    at = next + size;
  }
  // One memory, with a maximum, the initial pages, and then the maximum.
  const { next: content } = number(at + 1);
  expect([...bytes.subarray(content, content + 2)]).toEqual([1, 1]);
  const from = number(content + 2).next;
  const { next: to } = number(from);
  for (let i = from, pages = memoryBytes / 65536; i < to; i++, pages >>= 7) {
    bytes[i] = (pages & 127) | (i + 1 < to ? 128 : 0);
  }
  return WebAssembly.compile(bytes);
}

test.each([1000, 12_158, 100_000])(
  'a server that runs out of memory by values of %i bytes says so once and dies, and the machine goes on',
  async (size) => {
    const machine = startMachine({ loadModule: () => loadSmallServer(16 * 1024 * 1024) });
    const server = await startServer(machine, '--save', '', '--maxmemory', '0');
    const client = await server.client();
    const value = 'x'.repeat(size);
    const fill = async (): Promise<void> => {
      for (let i = 0; ; i++) await client.call('SET', `k${i}`, value);
    };
    await expect(fill()).rejects.toMatchObject({ code: 'EPIPE' });
    expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGABRT' });
    expect(server.log().match(/# Out Of Memory allocating \d+ bytes!/g)).toHaveLength(1);
    expect(server.log()).toContain('------ INFO OUTPUT ------');
    expect(server.log()).toContain('REDIS BUG REPORT END');
    const again = await startServer(machine, '--save', '', '--maxmemory', '10mb');
    const small = await again.client();
    let reply = await small.call('SET', 'k0', value);
    for (let i = 1; reply === 'OK'; i++) reply = await small.call('SET', `k${i}`, value);
    expect(reply).toMatchObject({ error: expect.stringContaining('OOM command not allowed') });
  },
);

test('a script whose recursion, nesting or data have no end is an error and no crash', async () => {
  const { client } = await startRedis();
  expect(await client.call('EVAL', 'local function f() return 1 + f() end return f()', 0)).toMatchObject({
    error: expect.stringContaining('stack overflow'),
  });
  expect(await client.call('EVAL', `return ${'{'.repeat(500)}${'}'.repeat(500)}`, 0)).toMatchObject({
    error: expect.stringContaining('chunk has too many syntax levels'),
  });
  expect(await client.call('EVAL', "return string.rep('x', 20) .. #string.rep('y', 1000000)", 0)).toBe(
    `${'x'.repeat(20)}1000000`,
  );
  expect(
    await client.call(
      'EVAL',
      "return cjson.encode(cjson.decode(string.rep('[', 900) .. string.rep(']', 900))):len()",
      0,
    ),
  ).toBe(1800);
  expect(await client.call('EVAL', "return cjson.decode(string.rep('[', 5000))", 0)).toMatchObject({
    error: expect.stringContaining('Found too many nested data structures'),
  });
});

test('a subscriber that does not read is cut off when its replies pass the limit', async () => {
  const { machine, server, client } = await startRedis('--client-output-buffer-limit', 'pubsub 1mb 512kb 60');
  let received = 0;
  const ended = Promise.withResolvers<void>();
  const slow = Promise.withResolvers<void>();
  const connection = await machine.connect({ port: PORT }, (bytes) => {
    if (!bytes) ended.resolve();
    received += bytes?.length ?? 0;
    return slow.promise;
  });
  await machine.send(connection, utf8('SUBSCRIBE c\r\n'));
  await machine.settle();
  const message = 'x'.repeat(100_000);
  let sent = 0;
  while ((await client.call('PUBLISH', 'c', message)) === 1) sent += message.length;
  expect(sent).toBeGreaterThan(1_000_000);
  expect(sent).toBeLessThan(2_000_000);
  expect(server.log()).toContain('for overcoming of output buffer limits');
  slow.resolve();
  await ended.promise;
  expect(received).toBeLessThan(1_000_000);
});

test('a subscriber that stays above the soft limit is cut off after its time', async () => {
  const { machine, client } = await startRedis('--client-output-buffer-limit', 'pubsub 10mb 200kb 60');
  const slow = new Promise<void>(() => {});
  const connection = await machine.connect({ port: PORT }, () => slow);
  await machine.send(connection, utf8('SUBSCRIBE c\r\n'));
  await machine.settle();
  const message = 'x'.repeat(100_000);
  for (let i = 0; i < 10; i++) expect(await client.call('PUBLISH', 'c', message)).toBe(1);
  await machine.advance(59_000);
  expect(await client.call('PUBLISH', 'c', 'small')).toBe(1);
  await machine.advance(2000);
  expect(await client.call('PUBLISH', 'c', 'small')).toBe(1);
  await machine.advance(100);
  expect(await client.call('PUBLISH', 'c', 'small')).toBe(0);
});

test('a client that sends without reading is not read any further', async () => {
  const { machine, client } = await startRedis('--maxmemory', '0');
  await client.call('SET', 'k', 'x'.repeat(50_000));
  const never = new Promise<void>(() => {});
  const connection = await machine.connect({ port: PORT }, () => never);
  const requests = utf8('GET k\r\n'.repeat(10));
  let sent = 0;
  for (let i = 0; i < 50; i++) void machine.send(connection, requests).then(() => (sent += requests.length));
  await machine.settle();
  const list = (await client.call('CLIENT', 'LIST')) as string;
  const omem = Math.max(...[...list.matchAll(/ tot-mem=(\d+)/g)].map(([, bytes]) => Number(bytes)));
  expect(omem).toBeGreaterThan(1_000_000);
  await machine.disconnect(connection);
  await machine.settle();
  expect(((await client.call('CLIENT', 'LIST')) as string).trim().split('\n')).toHaveLength(1);
  expect(sent).toBe(50 * requests.length);
});

test('only one child at a time', async () => {
  const { machine, client } = await startRedis('--appendonly', 'yes');
  expect(await client.call('BGSAVE')).toBe('Background saving started');
  expect(await client.call('BGSAVE')).toMatchObject({ error: 'ERR Background save already in progress' });
  expect(await client.call('BGREWRITEAOF')).toBe('Background append only file rewriting scheduled');
  expect(await client.call('BGSAVE', 'SCHEDULE')).toMatchObject({ error: expect.stringMatching(/^ERR/) });
  await machine.advance(500);
  expect(await client.call('INFO', 'persistence')).toContain('aof_rewrites:1');
});

test('a child sees the keys as they were when it was forked, and its parent what came later', async () => {
  const { machine, server, client } = await startRedis('--save', '');
  await client.call('SET', 'k', 'before');
  await client.pipeline([['BGSAVE'], ['SET', 'k', 'after'], ['INCR', 'n']]);
  await machine.advance(500);
  expect(await client.call('MGET', 'k', 'n')).toEqual(['after', '1']);
  await machine.kill(server.pid, 'SIGKILL');
  const again = await startServer(machine, '--save', '');
  expect(await (await again.client()).call('MGET', 'k', 'n')).toEqual(['before', null]);
});

test('two thousand connections at once', async () => {
  const { machine, server, client } = await startRedis();
  const clients = await Promise.all(Array.from({ length: 2000 }, () => server.client()));
  const replies = await Promise.all(clients.map((one) => one.call('INCR', 'n')));
  expect(new Set(replies).size).toBe(2000);
  expect(await client.call('INFO', 'clients')).toContain('connected_clients:2001');
  await Promise.all(clients.map((one) => one.close()));
  await machine.settle();
  expect(await client.call('INFO', 'clients')).toContain('connected_clients:1\r');
});

test('a program that dies leaves nothing behind but its files', async () => {
  const machine = startMachine();
  for (let i = 0; i < 20; i++) {
    const server = await startServer(machine, '--unixsocket', '/tmp/s', '--save', '');
    const client = await server.client();
    const waiting = client.call('BLPOP', 'q', 0);
    const ended = expect(waiting).rejects.toMatchObject({ code: 'EPIPE' });
    await machine.settle();
    await machine.kill(server.pid, 'SIGKILL');
    await ended;
  }
  expect(await machine.processes()).toEqual([]);
  await expect(machine.connect({ port: PORT }, () => {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect((await run(machine, ['redis-cli', '-s', '/tmp/s', 'PING'])).stderr).toContain('Could not connect');
  expect(await machine.settle()).toBe(Infinity);
});
