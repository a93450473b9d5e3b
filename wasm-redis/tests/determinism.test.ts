import { expect, test } from 'vitest';
import { startMachine, startServer, spawn, utf8 } from './rig.ts';

/** Everything that programs ask of the machine during a busy while, and what they print. */
async function record(seed: number, hostMsPerLook: number): Promise<{ calls: string[]; printed: string }> {
  let hostMs = 0;
  const machine = startMachine({ seed }, { monotonicMs: () => (hostMs += hostMsPerLook) });
  const calls: string[] = [];
  machine.kernel.onSystemCall = ({ pid }, name) => calls.push(`${pid} ${name}`);
  const server = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'always');
  const [alice, bob] = [await server.client(), await server.client()];
  const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
  for (let round = 0; round < 10; round++) {
    const large = 'x'.repeat(60_000);
    await Promise.all([
      alice.pipeline(Array.from({ length: 30 }, (_, i) => ['SET', `k${i}`, large])),
      bob.pipeline(Array.from({ length: 30 }, (_, i) => ['GET', `k${i}`])),
      bob.call('XADD', 's', '*', 'f', round),
      machine.writeStdin(cli.pid, utf8(`SPOP set\nSADD set ${round} a b c\n`)),
    ]);
    if (round % 4 === 1) await alice.call('BGSAVE');
    await machine.advance(333);
  }
  return { calls, printed: server.log() + cli.output.stdout };
}

test('however fast the host is, the same seed and clock give the same run', async () => {
  const fast = await record(1, 0);
  const slow = await record(1, 3);
  expect(fast.calls.length).toBeGreaterThan(3000);
  expect(slow.calls.length).toBe(fast.calls.length);
  expect(slow.calls.findIndex((call, at) => call !== fast.calls[at])).toBe(-1);
  expect(slow.printed).toBe(fast.printed);
});

test('another seed gives another run', async () => {
  expect((await record(2, 0)).printed).not.toBe((await record(1, 0)).printed);
});
