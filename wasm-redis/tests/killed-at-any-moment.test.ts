import { expect, test } from 'vitest';
import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import { createRandom } from '../kernel/random.ts';
import { loadModule } from '../node/load-module.ts';
import { type Argument } from '../resp/encode.ts';
import { RedisClient } from '../resp/client.ts';
import { filesIn, runNative } from './native.ts';
import { EPOCH_MS, PORT } from './rig.ts';

/*
 * A server with an AOF is killed before one of its system calls: any of those it makes while it is written to, while a
 * forked child writes a snapshot and while another rewrites the AOF. Then its files are checked by the native programs,
 * a new server loads them, and nothing that the old one has acknowledged may be missing.
 *
 * Every run is the same up to the kill, so a failure is found again by its number.
 */

const POINTS = 240;
const WRITES = 120;
const OPTIONS = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory', '100mb'];
const PIPELINE = 4;

/** What happens: the server dies, or everything and what was not fsynced, or only the child that it has forked. */
const ENDS = ['SIGKILL', 'power failure', 'SIGKILL of its child'] as const;
type End = (typeof ENDS)[number];

/** The commands of one write, all or nothing. */
function transaction(at: number): readonly (readonly Argument[])[] {
  return [
    ['MULTI'],
    ['INCR', 'count'],
    ['RPUSH', 'list', at],
    ['SET', `key:${at % 17}`, `${at}:${'x'.repeat((at * 97) % 3000)}`],
    ['EXEC'],
  ];
}

interface Run {
  machine: DirectMachine;
  /** System calls that the server has made, and the numbers of those that a child of it has made. */
  calls: number;
  childCalls: number[];
  /** Writes whose replies have arrived. */
  acknowledged: number;
}

function startMachine(): DirectMachine {
  const options = { loadModule, seed: 1, epochMs: EPOCH_MS, clockRate: 0 };
  return createDirectMachine(options, createHost());
}

async function startServer(machine: DirectMachine): Promise<RedisClient> {
  const pid = await machine.spawn({ argv: ['redis-server', '--port', String(PORT), ...OPTIONS] });
  await Promise.race([machine.listening(PORT), machine.exited(pid)]);
  return RedisClient.connect(machine, { port: PORT });
}

/** Writes until all is written or the server is gone. Killed before its system call number `killAt` after the start. */
async function write(end: End, killAt: number): Promise<Run> {
  const machine = startMachine();
  const run: Run = { machine, calls: -Infinity, childCalls: [], acknowledged: 0 };
  machine.kernel.onSystemCall = (process) => {
    run.calls++;
    if (process.fork.inChild) run.childCalls.push(run.calls);
    if (run.calls !== killAt) return;
    if (end === 'SIGKILL of its child') process.exit({ kind: 'signal', signal: 'SIGKILL' });
    if (end === 'SIGKILL') process.signal('SIGKILL');
    else machine.kernel.powerFailure();
    process.checkKilled();
  };
  const client = await startServer(machine);
  run.calls = 0;
  try {
    for (let at = 0; at < WRITES; at += PIPELINE) {
      const batch = Array.from({ length: PIPELINE }, (_, i) => transaction(at + i));
      // In one piece, yet each counts from when its own reply has come.
      const replies = batch.map((commands) => client.pipeline(commands).then(() => run.acknowledged++));
      await Promise.all(replies);
      if (at % 40 === 8) await client.call('BGSAVE');
      if (at % 40 === 24) await client.call('BGREWRITEAOF');
      await machine.advance(150);
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'EPIPE' });
  }
  machine.kernel.onSystemCall = undefined;
  return run;
}

/** Throws unless the files are whole and hold what was acknowledged. */
async function verify({ machine, acknowledged }: Run): Promise<void> {
  const files = await filesIn(machine, '/data');
  const manifest = 'appendonlydir/appendonly.aof.manifest';
  const checks = [runNative('redis-check-aof', [manifest], files)];
  if (files.has('dump.rdb')) checks.push(runNative('redis-check-rdb', ['dump.rdb'], files));
  for (const { code, output } of await Promise.all(checks)) expect(code, output).toBe(0);

  const client = await startServer(machine);
  const list = ((await client.call('LRANGE', 'list', 0, -1)) as string[]).map(Number);
  expect(list.length).toBeGreaterThanOrEqual(acknowledged);
  expect(list).toEqual(list.map((_, at) => at));
  expect(Number(await client.call('GET', 'count'))).toBe(list.length);
  for (let slot = 0; slot < Math.min(17, list.length); slot++) {
    const last = list.findLast((at) => at % 17 === slot);
    expect(await client.call('STRLEN', `key:${slot}`)).toBe(`${last}:`.length + ((last! * 97) % 3000));
  }
}

test('the run that is not killed writes everything, and the files are whole', async () => {
  const run = await write('SIGKILL', Infinity);
  expect(run.acknowledged).toBe(WRITES);
  expect(run.calls).toBeGreaterThan(1000);
  await run.machine.powerFailure();
  await verify(run);
  await run.machine.dispose();
});

test('a file that lacks its end does not pass as whole', async () => {
  const run = await write('SIGKILL', Infinity);
  await run.machine.powerFailure();
  const files = (await run.machine.listFiles('/data/appendonlydir')).map(({ path }) => path);
  const increment = files.find((path) => path.endsWith('.incr.aof'))!;
  const bytes = await run.machine.readFile(increment);
  await run.machine.writeFile(increment, bytes.subarray(0, bytes.length - 10));
  await expect(verify(run)).rejects.toThrow('is not valid');
  await run.machine.dispose();
});

test('what was not synchronized does not pass as kept', async () => {
  const run = await write('SIGKILL', Infinity);
  run.acknowledged++;
  await run.machine.powerFailure();
  await expect(verify(run)).rejects.toThrow('to be greater than or equal to 121');
  await run.machine.dispose();
});

test.each(ENDS)(
  `${POINTS / ENDS.length} times a %s at any moment: nothing that was acknowledged is lost`,
  async (end) => {
    const whole = await write('SIGKILL', Infinity);
    await whole.machine.dispose();
    const random = createRandom(createHost(), ENDS.indexOf(end));
    const below = (limit: number): number => {
      const bytes = new Uint8Array(2);
      random.fill(bytes);
      return Math.floor(((bytes[0]! * 256 + bytes[1]!) / 0x1_0000) * limit);
    };
    for (let point = 0; point < POINTS / ENDS.length; point++) {
      // Children make few system calls, each of them a moment of its own.
      const inChild = end === 'SIGKILL of its child' || point % 2 === 0;
      const killAt = inChild ? whole.childCalls[below(whole.childCalls.length)]! : 1 + below(whole.calls);
      const run = await write(end, killAt);
      expect(run.calls).toBeGreaterThanOrEqual(killAt);
      if (end === 'SIGKILL of its child') {
        expect(run.acknowledged).toBe(WRITES);
        await run.machine.powerFailure();
      }
      await run.machine.settle();
      expect(await run.machine.processes()).toEqual([]);
      await verify(run).catch((error: unknown) => {
        const moment = `After a ${end} before system call ${killAt} of ${whole.calls}`;
        throw new Error(`${moment}: ${String(error)}`, { cause: error });
      });
      await run.machine.dispose();
    }
  },
  120_000,
);
