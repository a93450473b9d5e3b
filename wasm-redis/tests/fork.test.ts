import { expect, test } from 'vitest';
import { type ConnectionId, type Machine } from '../machine.ts';
import { run, startRedis, utf8 } from './rig.ts';

/** More than sockets and pipes hold, so that a transfer takes many turns of parent and reader. */
const KEYS = '50000';
const DISKLESS = ['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0', '--enable-debug-command', 'yes'];

/** A child that sleeps a second for each key. */
const SLOW_CHILD = [...DISKLESS, '--rdbcompression', 'no', '--save', '', '--rdb-key-save-delay', '1000000'];

/** Asks for a snapshot, as a replica does. SYNC is refused while the reply to another command waits. */
async function sync(machine: Machine, reader: ConnectionId): Promise<void> {
  for (const command of ['REPLCONF capa eof', 'REPLCONF rdb-only 1', 'SYNC']) {
    await machine.send(reader, utf8(`${command}\r\n`));
    await machine.settle();
  }
}

const decoder = new TextDecoder('latin1');

test('a child that has sent its snapshot is not waited for before its parent has passed all of it on', async () => {
  const { machine, server } = await startRedis(...DISKLESS);
  await run(machine, ['redis-cli', 'DEBUG', 'POPULATE', KEYS, 'key', '100']);
  const pause = Promise.withResolvers<void>();
  let received = '';
  let ended = false;
  const reader = await machine.connect({ port: server.port }, (bytes) => {
    if (bytes) received += decoder.decode(bytes);
    else ended = true;
    return pause.promise;
  });
  await sync(machine, reader);
  // serverCron looks for ended children ten times a second, and the reader has not taken everything yet.
  await machine.advance(1000);
  expect(ended).toBe(false);
  pause.resolve();
  await machine.advance(1000);
  const mark = /\$EOF:(\w{40})\r\n/.exec(received)?.[1];
  expect(mark).toBeDefined();
  expect(received.endsWith(mark!)).toBe(true);
  expect(ended).toBe(true);
});

test('a child whose reader has gone is killed by its parent and waited for', async () => {
  const { machine, server, client } = await startRedis(...DISKLESS);
  await run(machine, ['redis-cli', 'DEBUG', 'POPULATE', KEYS, 'key', '100']);
  const reader = await machine.connect({ port: server.port }, () => new Promise(() => {}));
  await sync(machine, reader);
  await machine.advance(1000);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:1');
  await machine.disconnect(reader);
  await machine.advance(2000);
  expect(server.log()).toContain('Diskless rdb transfer, last replica dropped, killing fork child.');
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:0');
});

test('a child that is slow does not keep its parent from answering', async () => {
  const { machine, server, client } = await startRedis('--save', '', '--rdb-key-save-delay', '10000000');
  await client.call('MSET', 'a', 1, 'b', 2, 'c', 3);
  expect(await client.call('BGSAVE')).toBe('Background saving started');
  expect(await client.call('PING')).toBe('PONG');
  await machine.advance(29_000);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:1');
  await machine.advance(2000);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:0');
  expect(server.log()).toContain('Background saving terminated with success');
});

test('what a slow child sends reaches the reader as slowly', async () => {
  const { machine, server, client } = await startRedis(...SLOW_CHILD);
  await run(machine, ['redis-cli', 'DEBUG', 'POPULATE', '10', 'key', '20000']);
  let received = '';
  const reader = await machine.connect({ port: server.port }, (bytes) => {
    if (bytes) received += decoder.decode(bytes);
    return Promise.resolve();
  });
  await sync(machine, reader);
  const sizes: number[] = [];
  for (let second = 0; second < 12; second++) {
    sizes.push(received.length);
    await machine.advance(1000);
  }
  expect(sizes[0]).toBeLessThan(40_000);
  expect(sizes[5]).toBeGreaterThan(sizes[2]!);
  expect(sizes[5]).toBeLessThan(140_000);
  expect(sizes[11]).toBeGreaterThan(200_000);
  const mark = /\$EOF:(\w{40})\r\n/.exec(received)![1]!;
  expect(received.endsWith(mark)).toBe(true);
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:0');
});

test('what a slow child has not sent when it is killed never comes', async () => {
  const { machine, server, client } = await startRedis(...SLOW_CHILD);
  await run(machine, ['redis-cli', 'DEBUG', 'POPULATE', '10', 'key', '20000']);
  let received = 0;
  let ended = false;
  const reader = await machine.connect({ port: server.port }, (bytes) => {
    if (bytes) received += bytes.length;
    else ended = true;
    return Promise.resolve();
  });
  await sync(machine, reader);
  await machine.advance(3000);
  expect(await client.call('FLUSHALL')).toBe('OK');
  await machine.advance(20_000);
  expect(ended).toBe(true);
  expect(received).toBeLessThan(100_000);
  expect(server.log()).toContain('Background transfer terminated by signal 10');
});

test('a child that is slow can be killed', async () => {
  const { machine, server, client } = await startRedis('--save', '', '--rdb-key-save-delay', '10000000');
  await client.call('MSET', 'a', 1, 'b', 2, 'c', 3);
  await client.call('BGSAVE');
  expect(await client.call('FLUSHALL')).toBe('OK');
  await machine.advance(1000);
  expect(server.log()).toContain('Background saving terminated by signal 10');
  expect(await client.call('INFO', 'persistence')).toContain('rdb_bgsave_in_progress:0');
});
