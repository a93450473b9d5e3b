import { expect, test } from 'vitest';
import { filesIn, runNative } from './native.ts';
import { AOF, kill } from './persistence-rig.ts';
import { readText, run, startRedis, startServer, utf8 } from './rig.ts';

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
