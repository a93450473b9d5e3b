import { expect, test } from 'vitest';
import { type Machine } from '../machine.ts';
import { type RedisClient } from '../resp/client.ts';
import { filesIn, runNative } from './native.ts';
import { readText, run, startMachine, startRedis, startServer, utf8 } from './rig.ts';

const DEBUG = ['--enable-debug-command', 'yes'];
const AOF = ['--appendonly', 'yes', '--save', ''];

/** One key of every type and encoding, with and without expiry. */
async function fillWithEverything(client: RedisClient): Promise<void> {
  const numbers = Array.from({ length: 600 }, (_, i) => i);
  const commands: (string | number | Uint8Array)[][] = [
    ['SET', 'text', 'v'],
    ['SET', 'number', 12345],
    ['SET', 'binary', Uint8Array.from({ length: 256 }, (_, i) => i)],
    ['SET', 'compressible', 'x'.repeat(10_000)],
    ['SET', 'expiring', 'v', 'EX', 100_000],
    ['RPUSH', 'list', 'a', 'b', 'x'.repeat(9000)],
    ['SADD', 'intset', 1, 2, 3],
    ['SADD', 'set', ...numbers.map((i) => `m${i}`)],
    ['HSET', 'small-hash', 'f', 'v'],
    ['HSET', 'hash', ...numbers.flatMap((i) => [`f${i}`, i])],
    ['ZADD', 'small-zset', 1.5, 'a', '-inf', 'b'],
    ['ZADD', 'zset', ...numbers.flatMap((i) => [i / 3, `m${i}`])],
    ...numbers.map((i) => ['XADD', 'stream', `${i}-1`, 'f', i]),
    ['XGROUP', 'CREATE', 'stream', 'group', 0],
    ['XREADGROUP', 'GROUP', 'group', 'alice', 'COUNT', 10, 'STREAMS', 'stream', '>'],
    ['PFADD', 'hll', ...numbers],
    ['SETBIT', 'bits', 100_000, 1],
    ['FUNCTION', 'LOAD', "#!lua name=lib\nredis.register_function('f', function() return 1 end)"],
    ['SELECT', 9],
    ['SET', 'elsewhere', 'v'],
    ['SELECT', 0],
  ];
  for (const { kind } of await client.pipeline(commands)) expect(kind).not.toBe('error');
}

async function kill(machine: Machine, { pid, exited }: { pid: number; exited: Promise<unknown> }): Promise<void> {
  await machine.kill(pid, 'SIGKILL');
  await exited;
}

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

test('BGSAVE forks a child that writes while the server goes on', async () => {
  const { machine, server, client } = await startRedis('--save', '');
  await client.call('SET', 'k', 'v');
  await machine.advance(10_000);
  expect(await client.call('BGSAVE')).toBe('Background saving started');
  await machine.advance(200);
  expect(server.log()).toMatch(/100:M .* Background saving started by pid 101\n/);
  expect(server.log()).toMatch(/101:C .* DB saved on disk\n/);
  expect(server.log()).toMatch(/100:M .* Background saving terminated with success\n/);
  const info = await client.call('INFO', 'persistence');
  expect(info).toContain('rdb_changes_since_last_save:0');
  expect(info).toContain('rdb_last_bgsave_status:ok');
  expect(info).toContain('rdb_saves:1');
  expect(await client.call('LASTSAVE')).toBe(1767225600 + 10);
  expect((await machine.listFiles('/data')).map(({ path }) => path)).toEqual(['/data/dump.rdb']);
});

test('save points make a server save by itself', async () => {
  const { machine, client } = await startRedis('--save', '60 3');
  await client.call('MSET', 'a', 1, 'b', 2);
  await machine.advance(120_000);
  expect(await machine.listFiles('/data')).toEqual([]);
  await client.call('SET', 'c', 3);
  await machine.advance(200);
  expect(await machine.listFiles('/data')).toHaveLength(1);
});

test('native redis-check-rdb accepts a dump, and our own sees what is wrong with a damaged one', async () => {
  const { machine, client } = await startRedis('--save', '');
  await fillWithEverything(client);
  await client.call('SAVE');
  const files = await filesIn(machine, '/data');
  expect(await runNative('redis-check-rdb', ['dump.rdb'], files)).toMatchObject({
    code: 0,
    output: expect.stringContaining('\\o/ RDB looks OK! \\o/'),
  });
  expect((await run(machine, ['redis-check-rdb', 'dump.rdb'])).stdout).toContain('\\o/ RDB looks OK! \\o/');
  const damaged = files.get('dump.rdb')!;
  damaged[damaged.length - 100]! ^= 0xff;
  await machine.writeFile('/data/damaged.rdb', damaged);
  const { stdout, status } = await run(machine, ['redis-check-rdb', 'damaged.rdb']);
  expect(stdout).toMatch(/--- RDB ERROR DETECTED ---|RDB CRC error/);
  expect(status).toEqual({ kind: 'exit', code: 1 });
});

test('a server does not start on a damaged dump', async () => {
  const machine = startMachine();
  await machine.writeFile('/data/dump.rdb', utf8('REDIS0010\xfa and then nothing of sense'));
  const { stdout, status } = await run(machine, ['redis-server', '--port', '6379']);
  expect(stdout).toMatch(/Internal error in RDB reading|Unrecoverable|Fatal error loading the DB/);
  expect(status).toEqual({ kind: 'exit', code: 1 });
});

test('an AOF is made of a base, an increment and a manifest, and a rewrite begins new ones', async () => {
  const { machine, client } = await startRedis(...AOF);
  await client.call('SET', 'k', 'v');
  const names = async (): Promise<string[]> =>
    (await machine.listFiles('/data/appendonlydir')).map(({ path }) => path.slice('/data/appendonlydir/'.length));
  expect(await names()).toEqual(['appendonly.aof.1.base.rdb', 'appendonly.aof.1.incr.aof', 'appendonly.aof.manifest']);
  expect(await readText(machine, '/data/appendonlydir/appendonly.aof.1.incr.aof')).toBe(
    '*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n',
  );
  expect(await client.call('BGREWRITEAOF')).toBe('Background append only file rewriting started');
  await client.call('SET', 'later', 'v');
  await machine.advance(1000);
  expect(await names()).toEqual(['appendonly.aof.2.base.rdb', 'appendonly.aof.2.incr.aof', 'appendonly.aof.manifest']);
  const manifest = 'appendonlydir/appendonly.aof.manifest';
  const native = await runNative('redis-check-aof', [manifest], await filesIn(machine, '/data'));
  expect(native).toMatchObject({ code: 0, output: expect.stringContaining('All AOF files and manifest are valid') });
  const own = await run(machine, ['redis-check-aof', manifest]);
  expect(own.stdout).toContain('All AOF files and manifest are valid');
});

test('an AOF that has grown enough is rewritten by itself', async () => {
  const { machine, server, client } = await startRedis(...AOF, '--auto-aof-rewrite-min-size', '100kb');
  for (let i = 0; i < 30; i++) await client.call('SET', 'k', 'x'.repeat(5000));
  await machine.advance(1000);
  expect(server.log()).toContain('Starting automatic rewriting of AOF');
  const sizes = (await machine.listFiles('/data/appendonlydir')).map(({ sizeBytes }) => sizeBytes);
  expect(Math.max(...sizes)).toBeLessThan(10_000);
});

test('CONFIG SET appendonly yes keeps what is there, no goes on without', async () => {
  const { machine, server, client } = await startRedis('--save', '');
  await client.call('SET', 'before', 'v');
  expect(await client.call('CONFIG', 'SET', 'appendonly', 'yes')).toBe('OK');
  await machine.advance(1000);
  await client.call('SET', 'after', 'v');
  await kill(machine, server);
  const again = await (await startServer(machine, ...AOF)).client();
  expect(await again.call('MGET', 'before', 'after')).toEqual(['v', 'v']);
  expect(await again.call('CONFIG', 'SET', 'appendonly', 'no')).toBe('OK');
});

test('an AOF that was cut off is loaded up to the last whole command, or refused', async () => {
  const { machine, server, client } = await startRedis(...AOF);
  await client.call('SET', 'a', 1);
  await client.call('SET', 'b', 2);
  await kill(machine, server);
  const path = '/data/appendonlydir/appendonly.aof.1.incr.aof';
  const whole = await machine.readFile(path);
  await machine.writeFile(path, whole.subarray(0, whole.length - 5));
  const strict = await run(machine, ['redis-server', '--port', '6379', ...AOF, '--aof-load-truncated', 'no']);
  expect(strict.stdout).toContain('Unexpected end of file reading the append only file');
  expect(strict.status).toEqual({ kind: 'exit', code: 1 });
  const again = await startServer(machine, ...AOF);
  expect(await (await again.client()).call('MGET', 'a', 'b')).toEqual(['1', null]);
  expect(again.log()).toContain('loaded anyway because aof-load-truncated is enabled');
});

test('redis-check-aof finds a damage in the middle, and cuts it off if told to', async () => {
  const { machine, server, client } = await startRedis(...AOF);
  await client.call('SET', 'a', 1);
  await kill(machine, server);
  const path = '/data/appendonlydir/appendonly.aof.1.incr.aof';
  const whole = await machine.readFile(path);
  await machine.writeFile(path, Uint8Array.from([...whole, ...utf8('nonsense'), ...whole]));
  const refused = await run(machine, ['redis-server', '--port', '6379', ...AOF]);
  expect(refused.stdout).toContain('Bad file format reading the append only file');
  expect(refused.status).toEqual({ kind: 'exit', code: 1 });
  const manifest = 'appendonlydir/appendonly.aof.manifest';
  const check = await run(machine, ['redis-check-aof', manifest]);
  expect(check.stdout).toContain('is not valid. Use the --fix option to try fixing it.');
  expect(check.status).toEqual({ kind: 'exit', code: 1 });
  const fix = await run(machine, ['redis-check-aof', '--fix', manifest], { stdin: utf8('y\n') });
  expect(fix.stdout).toContain('Successfully truncated AOF');
  expect(await (await (await startServer(machine, ...AOF)).client()).call('GET', 'a')).toBe('1');
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

test('a save that fails stops writes until one succeeds', async () => {
  const { machine, server, client } = await startRedis('--save', '1 1');
  await machine.writeFile('/data/dump.rdb/in-the-way', utf8('x'));
  await client.call('SET', 'k', 'v');
  await machine.advance(3000);
  expect(server.log()).toMatch(/Error moving temp DB file|Failed opening the temp RDB file/);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_last_bgsave_status:err');
  expect(await client.call('SET', 'k', 'v')).toMatchObject({
    error: expect.stringMatching(/^MISCONF Redis is configured to save RDB snapshots, but/),
  });
  expect(await client.call('GET', 'k')).toBe('v');
  expect((await machine.listFiles('/data')).map(({ path }) => path)).toEqual(['/data/dump.rdb/in-the-way']);
  await machine.removeFile('/data/dump.rdb');
  await machine.advance(10_000);
  expect(await client.call('SET', 'k', 'v')).toBe('OK');
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
