/** SO_RCVTIMEO: a replica that reads a snapshot straight from its primary waits for it no longer than `repl-timeout`. */
import { expect, test } from 'vitest';
import { run, startMachine, startServer } from './rig.ts';

const PRIMARY = ['--repl-diskless-sync-delay', '0', '--enable-debug-command', 'yes', '--save', ''];
/** The primary's child sleeps a second for each key. */
const SLOW = ['--rdb-key-save-delay', '1000000', '--rdbcompression', 'no'];

test('a replica that loads from a primary that says nothing any more gives up after repl-timeout', async () => {
  const machine = startMachine();
  const primary = await startServer(machine, ...PRIMARY, ...SLOW);
  await run(machine, ['redis-cli', 'DEBUG', 'POPULATE', '100', 'key', '20000']);
  const options = ['--repl-diskless-load', 'swapdb', '--repl-timeout', '5', '--replicaof', '127.0.0.1 6379'];
  const replica = await startServer(machine, '--port', '6380', ...options);
  // A replica that loads waits inside a call, which moves the clock: what is to happen meanwhile is arranged before.
  await machine.inject({ type: 'signal', pid: primary.pid, signal: 'SIGSTOP' }, 20_500);
  await machine.advance(30_000);
  const log = replica.log();
  expect(log).toContain('Loading DB in memory');
  expect(log).toMatch(
    /00:00:2[56]\.\d+ # Failed trying to load the MASTER synchronization DB from socket: Operation timed out/,
  );
});
