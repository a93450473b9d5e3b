import { expect, test } from 'vitest';
import { filesIn, runNative } from './native.ts';
import { fillWithEverything } from './persistence-rig.ts';
import { run, startMachine, startRedis, utf8 } from './rig.ts';

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
