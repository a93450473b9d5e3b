import { expect, test } from 'vitest';
import { startRedis, startServer } from './rig.ts';

test('commands of a transaction run together, and errors do not stop the others', async () => {
  const { client } = await startRedis();
  expect(await client.call('MULTI')).toBe('OK');
  expect(await client.call('SET', 'k', 'text')).toBe('QUEUED');
  expect(await client.call('INCR', 'k')).toBe('QUEUED');
  expect(await client.call('APPEND', 'k', '!')).toBe('QUEUED');
  expect(await client.call('EXEC')).toEqual(['OK', { error: 'ERR value is not an integer or out of range' }, 5]);
});

test('a watched key that another client changes aborts the transaction', async () => {
  const { server, client } = await startRedis();
  const other = await server.client();
  await client.call('WATCH', 'k');
  await other.call('SET', 'k', 'theirs');
  await client.call('MULTI');
  await client.call('SET', 'k', 'ours');
  expect(await client.call('EXEC')).toBe(null);
  expect(await client.call('GET', 'k')).toBe('theirs');
});

test('a watched key that expires does not abort, one that was deleted as expired does', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v', 'PX', 100);
  await client.call('WATCH', 'k');
  await machine.jump(50);
  await client.call('MULTI');
  await client.call('PING');
  expect(await client.call('EXEC')).toEqual(['PONG']);
  await client.call('WATCH', 'k');
  await machine.advance(1000);
  await client.call('MULTI');
  await client.call('PING');
  expect(await client.call('EXEC')).toBe(null);
});

test('UNWATCH and DISCARD forget', async () => {
  const { server, client } = await startRedis();
  const other = await server.client();
  await client.call('WATCH', 'k');
  await other.call('SET', 'k', 1);
  await client.call('UNWATCH');
  await client.call('MULTI');
  await client.call('INCR', 'k');
  expect(await client.call('DISCARD')).toBe('OK');
  await client.call('MULTI');
  await client.call('GET', 'k');
  expect(await client.call('EXEC')).toEqual(['1']);
});

test('a transaction with a mistake in it is refused as a whole', async () => {
  const { client } = await startRedis();
  await client.call('MULTI');
  await client.call('SET', 'k', 'v');
  expect(await client.call('SET', 'k')).toEqual({ error: "ERR wrong number of arguments for 'set' command" });
  expect(await client.call('EXEC')).toEqual({
    error: 'EXECABORT Transaction discarded because of previous errors.',
  });
  expect(await client.call('GET', 'k')).toBe(null);
});

test('functions survive a restart in the RDB file and in the AOF', async () => {
  const { machine, server, client } = await startRedis('--appendonly', 'yes');
  const code = "#!lua name=lib\nredis.register_function('add', function(keys, args) return args[1] + args[2] end)";
  expect(await client.call('FUNCTION', 'LOAD', code)).toBe('lib');
  await client.call('SHUTDOWN', 'SAVE').catch((error: unknown) => expect(error).toMatchObject({ code: 'EPIPE' }));
  await server.exited;
  for (const appendonly of ['yes', 'no']) {
    const again = await startServer(machine, '--port', '7000', '--appendonly', appendonly);
    expect(await (await again.client()).call('FCALL', 'add', 0, 2, 3)).toBe(5);
    await machine.kill(again.pid, 'SIGKILL');
  }
});
