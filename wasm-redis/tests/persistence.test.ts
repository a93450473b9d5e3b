import { expect, test } from 'vitest';
import { AOF, fillWithEverything, kill } from './persistence-rig.ts';
import { startRedis, startServer } from './rig.ts';

const DEBUG = ['--enable-debug-command', 'yes'];

test.each([
  { way: 'an RDB file', options: ['--save', '3600 1'], save: ['SAVE'] },
  { way: 'an RDB file of a forked child', options: ['--save', '3600 1'], save: ['BGSAVE'] },
  { way: 'an AOF', options: AOF, save: [] },
  { way: 'a rewritten AOF', options: AOF, save: ['BGREWRITEAOF'] },
  {
    way: 'a rewritten AOF of commands only',
    options: [...AOF, '--aof-use-rdb-preamble', 'no'],
    save: ['BGREWRITEAOF'],
  },
])('every kind of value survives in $way', async ({ options, save }) => {
  const { machine, server, client } = await startRedis(...DEBUG, ...options);
  await fillWithEverything(client);
  const digest = await client.call('DEBUG', 'DIGEST');
  if (save.length > 0) await client.call(...save);
  await machine.advance(1000);
  await kill(machine, server);
  const again = await (await startServer(machine, ...DEBUG, ...options)).client();
  expect(await again.call('DEBUG', 'DIGEST')).toBe(digest);
  expect(await again.call('TTL', 'expiring')).toBe(99_999);
  expect(await again.call('FCALL', 'f', 0)).toBe(1);
  expect(await again.call('XPENDING', 'stream', 'group')).toEqual([10, '0-1', '9-1', [['alice', '10']]]);
});

test.each([
  { policy: 'always', survives: ['1', '2', '3'] },
  { policy: 'everysec', survives: ['1', '2', null] },
  { policy: 'no', survives: [null, null, null] },
])('a power failure under appendfsync $policy takes what was not fsynced', async ({ policy, survives }) => {
  const { machine, client } = await startRedis(...AOF, '--appendfsync', policy);
  await client.call('SET', 'a', 1);
  await machine.advance(1500);
  await client.call('SET', 'b', 2);
  await machine.advance(1000);
  // Once a second, when the second changes, and only if something was written.
  await client.call('SET', 'c', 3);
  await machine.advance(200);
  await machine.powerFailure();
  const again = await (await startServer(machine, ...AOF)).client();
  expect(await again.call('MGET', 'a', 'b', 'c')).toEqual(survives);
});

test.each(['always', 'everysec', 'no'])(
  'a kill under appendfsync %s takes nothing that was acknowledged',
  async (policy) => {
    const { machine, server, client } = await startRedis(...AOF, '--appendfsync', policy);
    for (let i = 0; i < 20; i++) await client.call('INCR', 'n');
    await kill(machine, server);
    const again = await (await startServer(machine, ...AOF)).client();
    expect(await again.call('GET', 'n')).toBe('20');
  },
);

test('a kill without AOF takes what was changed since the last snapshot, a power failure no more', async () => {
  for (const end of ['SIGKILL', 'power failure']) {
    const { machine, server, client } = await startRedis('--save', '3600 1');
    await client.call('SET', 'k', 'saved');
    await client.call('BGSAVE');
    await machine.advance(500);
    await client.call('SET', 'k', 'not saved');
    if (end === 'SIGKILL') await kill(machine, server);
    else await machine.powerFailure();
    const again = await startServer(machine);
    expect(await (await again.client()).call('GET', 'k')).toBe('saved');
  }
});

test.each([
  { how: ['SHUTDOWN'], options: ['--save', '3600 1'], kept: 'v' },
  { how: ['SHUTDOWN', 'NOSAVE'], options: ['--save', '3600 1'], kept: null },
  { how: ['SHUTDOWN', 'SAVE'], options: ['--save', ''], kept: 'v' },
  { how: ['SHUTDOWN'], options: ['--save', ''], kept: null },
  { how: ['SHUTDOWN', 'NOSAVE'], options: AOF, kept: 'v' },
])('$how with options $options', async ({ how, options, kept }) => {
  const { machine, server, client } = await startRedis(...options);
  await client.call('SET', 'k', 'v');
  await expect(client.call(...how)).rejects.toMatchObject({ code: 'EPIPE' });
  expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
  const again = await (await startServer(machine, ...options)).client();
  expect(await again.call('GET', 'k')).toBe(kept);
});

test('a hundred snapshots leave nothing behind', async () => {
  const { machine, server, client } = await startRedis('--save', '', ...AOF);
  await client.call('SET', 'k', 'x'.repeat(100_000));
  const process = machine.kernel.processAt(server.pid)!;
  const count = (): number => [...process.descriptors].length;
  const save = async (): Promise<void> => {
    expect(await client.call('BGSAVE')).toBe('Background saving started');
    await machine.advance(200);
    await client.call('BGREWRITEAOF');
    await machine.advance(200);
  };
  for (let i = 0; i < 3; i++) await save();
  const [descriptors, memory] = [count(), process.memory.bytes.length];
  for (let i = 0; i < 100; i++) await save();
  expect(count()).toBe(descriptors);
  expect(process.memory.bytes.length).toBeLessThanOrEqual(memory + 1024 * 1024);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_saves:103');
  expect(await machine.listFiles('/data')).toHaveLength(4);
});

test('a key moves from one server to another', async () => {
  const { machine, server, client } = await startRedis();
  const other = await startServer(machine, '--port', '7000');
  await client.call('RPUSH', 'l', 'a', 'b');
  await client.call('SET', 'k', 'v', 'EX', 100);
  expect(await client.call('MIGRATE', '127.0.0.1', 7000, '', 0, 1000, 'KEYS', 'l', 'k')).toBe('OK');
  expect(await client.call('EXISTS', 'l', 'k')).toBe(0);
  const there = await other.client();
  expect(await there.call('LRANGE', 'l', 0, -1)).toEqual(['a', 'b']);
  expect(await there.call('TTL', 'k')).toBe(100);
  const dump = await there.command('DUMP', 'l');
  const back = await server.client();
  const bytes = dump.kind === 'bulk' ? dump.bytes : new Uint8Array();
  expect(await back.call('RESTORE', 'l', 0, bytes)).toBe('OK');
  expect(await back.call('LLEN', 'l')).toBe(2);
});
