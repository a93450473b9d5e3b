import { expect, test, vi } from 'vitest';
import type { Machine } from '../../../wasm-redis/machine.ts';
import { TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { startMachine, startRedis } from '../../../wasm-redis/tests/rig.ts';
import { bytesOf, idOf } from './bytes.ts';
import { commandText } from './command-text.ts';
import { deleteKey, restoreCommand } from './deletion.ts';
import { errorWords } from './error-words.ts';
import { NoAnswerError } from './key-connection.ts';
import { conflictWords, edit, readWatched } from './key-edit.ts';
import { duration, factsCommands, readFacts, size } from './key-facts.ts';
import { KeyScan } from './key-scan.ts';
import { KeySpace } from './key-space.ts';
import { serversOf } from './servers.ts';

/** Of real time: a cluster takes seconds on a busy computer. */
vi.setConfig({ testTimeout: 60_000 });

const HERE = { host: '127.0.0.1', port: 6379 };
const forEver = (): Promise<void> => new Promise(() => {});

function spaceOf(machine: Machine, kind: 'server' | 'cluster' = 'server', servers = [HERE]): KeySpace {
  return new KeySpace(machine, { kind, servers }, { database: 0, patience: forEver });
}

async function start(): Promise<{
  machine: Machine;
  client: Awaited<ReturnType<typeof startRedis>>['client'];
  space: KeySpace;
}> {
  const { machine, client } = await startRedis();
  return { machine, client, space: spaceOf(machine) };
}

async function scanAll(scan: KeyScan): Promise<Set<string>> {
  const found = new Set<string>();
  while (!scan.done) for (const id of await scan.next()) found.add(id);
  return found;
}

test('SCAN gives every key in bounded batches, whatever its bytes', async () => {
  const { client, space } = await start();
  const names = Array.from({ length: 3000 }, (_, at) => Uint8Array.of(at & 0xff, 0, 0xff, at >> 8));
  await client.pipeline(names.map((name) => ['SET', name, 'x']));
  const scan = new KeyScan(space, { match: '', type: '', count: 100 });
  const first = await scan.next();
  expect(first.length).toBeGreaterThanOrEqual(100);
  expect(first.length).toBeLessThan(200);
  expect(scan).toMatchObject({ total: 3000, lookedAt: 100, done: false });
  const all = await scanAll(scan);
  expect(new Set([...first, ...all])).toEqual(new Set(names.map(idOf)));
  expect(scan.lookedAt).toBe(3000);
});

test('a pattern and a type are left to SCAN, and a batch without a find ends after ten calls', async () => {
  const { client, space } = await start();
  await client.pipeline(Array.from({ length: 2000 }, (_, at) => ['SET', `key:${at}`, 'x']));
  await client.command('SADD', 'key:set', 'a');
  const scan = new KeyScan(space, { match: 'nothing*', type: '', count: 50 });
  expect(await scan.next()).toEqual([]);
  expect(scan).toMatchObject({ lookedAt: 500, done: false });
  expect(await scanAll(new KeyScan(space, { match: 'key:*', type: 'set', count: 1000 }))).toEqual(new Set(['key:set']));
});

test('looking at facts is no access, reading the value is one', async () => {
  const { machine, client, space } = await start();
  await client.command('SET', 'bike', 'Deimos', 'EX', 100);
  await machine.advance(7000);
  const facts = async (): Promise<ReturnType<typeof readFacts>> =>
    readFacts((await space.ask('bike', factsCommands('bike'))).replies);
  expect(await facts()).toMatchObject({ type: 'string', encoding: 'embstr', ttlMs: 93_000, frequency: undefined });
  // Redis counts it in whole seconds, by a clock that it reads now and then.
  expect((await facts()).idleSeconds).toBeGreaterThanOrEqual(6);
  await space.ask('bike', [['GET', 'bike']]);
  expect(await facts()).toMatchObject({ idleSeconds: 0 });
  await client.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu');
  expect(await facts()).toMatchObject({ idleSeconds: undefined, frequency: expect.any(Number) });
  expect(readFacts((await space.ask('no', factsCommands('no'))).replies)).toMatchObject({ type: 'none' });
});

test('an edit runs only if the key is what was read', async () => {
  const { client, space } = await start();
  await client.command('RPUSH', 'queue', 'a', 'b');
  const { reading } = await readWatched(space, 'queue', [['LLEN', 'queue']]);
  await client.command('LPUSH', 'queue', 'new');
  const outcome = await edit(space, reading, [['LSET', 'queue', 0, 'A']]);
  expect(outcome).toMatchObject({ kind: 'conflict', type: 'list' });
  expect(await client.call('LRANGE', 'queue', 0, -1)).toEqual(['new', 'a', 'b']);
  expect(await edit(space, reading, [['LSET', 'queue', 0, 'A']], true)).toMatchObject({ kind: 'done' });
  expect(await client.call('LRANGE', 'queue', 0, -1)).toEqual(['A', 'a', 'b']);
});

test('a key that is gone or another type meanwhile is a conflict in words', async () => {
  const { client, space } = await start();
  await client.command('SET', 'k', 'v');
  const { reading } = await readWatched(space, 'k', []);
  await client.command('DEL', 'k');
  const gone = await edit(space, reading, [['SET', 'k', 'w']]);
  expect(gone).toMatchObject({ kind: 'conflict', type: 'none' });
  await client.command('SADD', 'k', 'x');
  expect(conflictWords('string', 'set')).toBe('Nothing was written: the key was a string and is now a set.');
  await expect(edit(space, reading, [['APPEND', 'k', 'w']], true)).rejects.toThrow('WRONGTYPE');
});

test('a connection that has ended in between does not make an edit unguarded', async () => {
  const { machine, client, space } = await start();
  await client.command('SET', 'k', 'v');
  const { reading } = await readWatched(space, 'k', []);
  await client.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await client.command('DEL', 'k');
  await client.command('SADD', 'k', 'x');
  await machine.settle();
  await expect(edit(space, reading, [['SET', 'k', 'w']])).resolves.toMatchObject({ kind: 'conflict', type: 'set' });
});

test('the server tells when a key that was read has changed', async () => {
  const { machine, client, space } = await start();
  await client.command('SET', 'k', 'v');
  await client.command('SET', 'other', 'v');
  const changed: unknown[] = [];
  space.onInvalidated = (ids) => changed.push(ids);
  const { reading } = await readWatched(space, 'k', [['GET', 'k']]);
  await client.command('SET', 'other', 'w');
  await edit(space, reading, [['SET', 'k', 'mine']]);
  await space.ask('k', [['GET', 'k']]);
  await client.command('SET', 'k', 'theirs');
  await machine.settle();
  expect(changed).toEqual([['k']]);
});

test('a deleted key comes back with its bytes and expires when it would have', async () => {
  const { machine, client, space } = await start();
  const key = Uint8Array.of(0xff, 0x00, 0x3a);
  await client.command('HSET', key, Uint8Array.of(0xfe), Uint8Array.of(0, 1, 2));
  await client.command('EXPIRE', key, 100);
  const { deleted } = await deleteKey(space, idOf(key), { copy: true });
  expect(await client.call('EXISTS', key)).toBe(0);
  await machine.advance(10_000);
  if (!deleted) throw new Error('there is no copy');
  await client.command(...restoreCommand(deleted));
  expect(await client.call('TTL', key)).toBe(90);
  expect(await client.command('HGET', key, Uint8Array.of(0xfe))).toEqual({
    kind: 'bulk',
    bytes: Uint8Array.of(0, 1, 2),
  });
  expect(await client.command(...restoreCommand(deleted))).toMatchObject({
    text: 'BUSYKEY Target key name already exists.',
  });
});

test('a replica, rights and memory refuse in words', async () => {
  const { client, space } = await start();
  await client.command('SET', 'k', 'v');
  const attempt = async (): Promise<string> => {
    const { reading } = await readWatched(space, 'k', []);
    return edit(space, reading, [['APPEND', 'k', 'w']]).then(
      () => 'done',
      (error: Error) => errorWords(error.message),
    );
  };
  expect(await attempt()).toBe('done');
  await client.command('CONFIG', 'SET', 'maxmemory', 1);
  expect(await attempt()).toMatch('The server has reached maxmemory');
  await client.command('CONFIG', 'SET', 'maxmemory', 0);
  await client.command('REPLICAOF', '127.0.0.1', 1);
  expect(await attempt()).toMatch('This node is a replica and takes no writes. Choose its primary. (READONLY');
  await client.command('REPLICAOF', 'NO', 'ONE');
  await client.command('ACL', 'SETUSER', 'default', '-append');
  expect(await attempt()).toMatch(/ACL rules forbid the command or the key. \(NOPERM .*'append'/);
  await client.command('ACL', 'SETUSER', 'default', '-@all', '+get');
  await expect(new KeyScan(space, { match: '', type: '', count: 10 }).next()).rejects.toThrow('NOPERM');
  expect(errorWords('ERR value is not a double')).toBe('The server refused: ERR value is not a double');
});

test('a server that asks for a password answers after signing in', async () => {
  const { machine, client } = await startRedis();
  await client.command('CONFIG', 'SET', 'requirepass', 'secret');
  const scan = (space: KeySpace): Promise<string[]> => new KeyScan(space, { match: '', type: '', count: 10 }).next();
  await client.command('SET', 'k', 'v');
  await expect(scan(spaceOf(machine))).rejects.toThrow('NOAUTH');
  const credentials = { user: '', password: 'secret' };
  const signedIn = new KeySpace(
    machine,
    { kind: 'server', servers: [HERE] },
    { database: 0, credentials, patience: forEver },
  );
  expect(await scan(signedIn)).toEqual(['k']);
});

test('a server that is stopped is given up, and asked again when it goes on', async () => {
  const { machine, client } = await startRedis();
  await client.command('SET', 'k', 'v');
  let patience = forEver();
  const space = new KeySpace(machine, { kind: 'server', servers: [HERE] }, { database: 0, patience: () => patience });
  await space.ask('k', [['PING']]);
  const [server] = await machine.processes();
  await machine.kill(server!.pid, 'SIGSTOP');
  patience = Promise.resolve();
  await expect(space.ask('k', [['GET', 'k']])).rejects.toThrow(NoAnswerError);
  await machine.kill(server!.pid, 'SIGCONT');
  patience = forEver();
  expect((await space.ask('k', [['GET', 'k']])).replies).toMatchObject([{ kind: 'bulk' }]);
  await machine.kill(server!.pid, 'SIGKILL');
  await machine.exited(server!.pid);
  await expect(space.ask('k', [['GET', 'k']])).rejects.toThrow('127.0.0.1:6379 does not answer');
});

test('a cluster’s primaries are asked in turn, and an edit goes where the slot is', async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  const servers = serversOf(await machine.processes(), lab.nodes);
  expect(servers.map(({ name, port }) => `${name}:${port}`)).toEqual(
    [1, 2, 3, 4, 5, 6].map((number) => `redis-${number}:6379`),
  );
  const whole = spaceOf(machine, 'cluster', servers);
  for (let at = 0; at < 30; at++) await whole.ask(`key:${at}`, [['SET', `key:${at}`, 'v']]);
  expect(await scanAll(new KeyScan(whole, { match: '', type: '', count: 100 }))).toHaveProperty('size', 30);

  // `foo` belongs to redis-3; a replica of it may be read, and sends the edit on to its primary.
  const replica = spaceOf(
    machine,
    'server',
    servers.filter(({ name }) => name === 'redis-6'),
  );
  await whole.ask('foo', [['SET', 'foo', 'bar']]);
  await machine.settle();
  const { reading, replies } = await readWatched(replica, 'foo', [['GET', 'foo']]);
  expect(reading.from.address.host).toBe('10.0.0.6');
  expect(replies).toMatchObject([{ kind: 'bulk' }]);
  expect(await edit(replica, reading, [['SET', 'foo', 'baz']])).toMatchObject({ kind: 'done' });
  expect(await lab.node('redis-3').ask('GET', 'foo')).toBe('baz');

  // From one primary alone another's key is read and written where MOVED says.
  const one = spaceOf(machine, 'server', servers.slice(0, 1));
  const elsewhere = await readWatched(one, 'foo', [['GET', 'foo']]);
  expect(elsewhere.reading.from.address.host).toBe('10.0.0.3');
  expect(await edit(one, elsewhere.reading, [['UNLINK', 'foo']])).toMatchObject({ kind: 'done' });
});

test('a key whose slot is on its way is asked for where it is', async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  const whole = spaceOf(machine, 'cluster', serversOf(await machine.processes(), lab.nodes));
  const id = async (name: string): Promise<string> => (await lab.node(name).ask('CLUSTER', 'MYID')) as string;
  await whole.ask('foo', [['PING']]);
  await lab.node('redis-1').ask('CLUSTER', 'SETSLOT', '12182', 'IMPORTING', await id('redis-3'));
  await lab.node('redis-3').ask('CLUSTER', 'SETSLOT', '12182', 'MIGRATING', await id('redis-1'));
  const { replies, from } = await whole.ask('foo', [
    ['SET', 'foo', 'bar'],
    ['GET', 'foo'],
  ]);
  expect(from.address.host).toBe('10.0.0.1');
  expect(replies).toMatchObject([{ text: 'OK' }, { kind: 'bulk' }]);
  const { reading } = await readWatched(whole, 'foo', []);
  expect(reading.type).toBe('string');
  expect(await edit(whole, reading, [['APPEND', 'foo', '!']])).toMatchObject({ kind: 'done', replies: [{ value: 4 }] });
});

test('a command stands as one would type it', () => {
  expect(commandText(['HSET', 'bike:1', 'model', 'Deimos 2'])).toBe('HSET bike:1 model "Deimos 2"');
  expect(commandText(['SET', Uint8Array.of(0xff, 0x22), ''])).toBe('SET "\\xff\\"" ""');
  expect(commandText(['SET', 'k', bytesOf('x'.repeat(5000))])).toMatch(/^SET k "x{200}…" \(5,000 bytes\)$/);
});

test('times and sizes can be read', () => {
  expect([900, 61_000, 3_600_000, 90_061_000].map(duration)).toEqual(['0:01', '1:01', '1:00:00', '1 d 1:01:01']);
  expect([56, 999_960, 10_485_816].map(size)).toEqual(['56 B', '1 MB', '10.5 MB']);
});
