/** What a server sees when nobody listens where it connects to: on Linux the refusal comes after connect(2). */
import { expect, test } from 'vitest';
import { startRedis } from './rig.ts';

const NOBODY = 1;

test('MIGRATE to a port where nobody listens fails when it writes, as natively', async () => {
  const { client } = await startRedis('--save', '');
  await client.call('SET', 'k', 'v');
  expect(await client.call('MIGRATE', '127.0.0.1', NOBODY, 'k', 0, 100)).toEqual({
    error: 'IOERR error or timeout writing to target instance',
  });
  expect(await client.call('GET', 'k')).toBe('v');
});

test('a replica learns from its socket that nobody listens, and says so', async () => {
  const { machine, server, client } = await startRedis('--save', '');
  await client.call('REPLICAOF', '127.0.0.1', NOBODY);
  await machine.advance(3000);
  expect(server.log()).toContain('Error condition on socket for SYNC: Connection refused');
});
