import { describe, expect, test } from 'vitest';
import type { Fault, Machine } from '../../machine.ts';
import { PORT, run } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Hosts of their own, links and disks with faults. */
export function describeFaults(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: hosts and faults`, () => {
    const [A, B] = ['10.0.0.1', '10.0.0.2'];

    /** A server on a host of its own. */
    const startOn = async (machine: Machine, host: string, ...options: string[]): Promise<number> => {
      const fast = ['--protected-mode', 'no', '--repl-diskless-sync-delay', '0'];
      const argv = ['redis-server', ...fast, ...KEEP_NOTHING, ...options] as const;
      const pid = await machine.spawn({ argv, host, cwd: `/data/${host}` });
      await machine.listening(PORT, host);
      return pid;
    };
    const ask = async (machine: Machine, ...args: string[]): Promise<string> =>
      (await run(machine, ['redis-cli', ...args])).stdout.trim();

    test('each host has its own ports, and the other end sees its address', async () => {
      const machine = await startMachine();
      const first = await startOn(machine, A);
      await startOn(machine, B, '--replicaof', A, String(PORT));
      await machine.advance(2000);
      expect(await ask(machine, '-h', A, 'ROLE')).toMatch(/^master\n\d+\n10\.0\.0\.2\n6379\n/);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_host:10.0.0.1');
      expect(await ask(machine, 'PING')).toBe('');
      expect((await machine.processes()).find(({ pid }) => pid === first)).toMatchObject({ host: A });
    });

    test('what is not as it should be is told, and healed', async () => {
      const machine = await startMachine();
      const pid = await startOn(machine, A);
      await startOn(machine, B);
      expect(await machine.faults()).toEqual({ links: [], disks: [], later: [] });
      await machine.inject({ type: 'cut', from: A, to: B, oneWay: true });
      await machine.inject({ type: 'latency', from: B, to: '127.0.0.1', latencyMs: 2, jitterMs: 1, oneWay: true });
      await machine.inject({ type: 'disk', host: A, freeBytes: 1000, fsyncMs: 5 });
      await machine.inject({ type: 'signal', pid, signal: 'SIGSTOP' }, 1500);
      expect(await machine.faults()).toEqual({
        links: [
          { from: A, to: B, cut: true, latencyMs: 0, jitterMs: 0 },
          { from: B, to: '10.0.0.254', cut: false, latencyMs: 2, jitterMs: 1 },
        ],
        disks: [{ host: A, freeBytes: 1000, fsyncMs: 5 }],
        later: [{ id: 1, uptimeMs: 1500, fault: { type: 'signal', pid, signal: 'SIGSTOP' } }],
      });
      await machine.inject({ type: 'heal' });
      expect((await machine.faults()).links).toMatchObject([{ from: B, cut: false }]);
      await machine.advance(1499);
      expect((await machine.processes())[0]!.state).toBe('waiting');
      await machine.advance(1);
      expect((await machine.processes())[0]!.state).toBe('stopped');
    });

    test('what is still to come can be cancelled by its number, and the others come', async () => {
      const machine = await startMachine();
      const [first, second] = [await startOn(machine, A), await startOn(machine, B)];
      await machine.inject({ type: 'signal', pid: first, signal: 'SIGSTOP' }, 2000);
      await machine.inject({ type: 'signal', pid: second, signal: 'SIGSTOP' }, 1000);
      const { later } = await machine.faults();
      expect(later.map(({ id }) => id)).toEqual([2, 1]);
      const save = await machine.save();
      await machine.inject({ type: 'cancel', id: 2 });
      await machine.inject({ type: 'cancel', id: 2 });
      const states = async (): Promise<string[]> => (await machine.processes()).map(({ state }) => state);
      await machine.advance(1500);
      expect(await states()).toEqual(['waiting', 'waiting']);
      await machine.advance(500);
      expect(await states()).toEqual(['stopped', 'waiting']);
      await machine.restore(save.id);
      expect((await machine.faults()).later).toEqual(later);
      await machine.advance(1500);
      expect(await states()).toEqual(['waiting', 'stopped']);
    });

    test.each([
      [{ type: 'cut', from: A, to: '10.9.9.9' }, 'EHOSTUNREACH'],
      [{ type: 'cut', from: A, to: A }, 'EINVAL'],
      [{ type: 'split', groups: [[A, B]] }, 'EINVAL'],
      [{ type: 'latency', from: A, to: B, latencyMs: -1 }, 'EINVAL'],
      [{ type: 'fire', host: A }, 'EINVAL'],
      [{ type: 'cancel' }, 'EINVAL'],
    ] as unknown as [Fault, string][])('%o is refused with %s', async (fault, code) => {
      const machine = await startMachine();
      await startOn(machine, A);
      await startOn(machine, B);
      await expect(machine.inject(fault)).rejects.toMatchObject({ code, message: expect.stringContaining('expected') });
    });

    test('on a full disk a snapshot fails with the system’s own words, and succeeds when there is room', async () => {
      const machine = await startMachine();
      await startOn(machine, A, '--rdbcompression', 'no', '--save', '3600 1');
      await ask(machine, '-h', A, 'SET', 'k', 'x'.repeat(1000));
      await machine.inject({ type: 'disk', host: A, freeBytes: 500 });
      expect(await ask(machine, '-h', A, 'SAVE')).toBe('ERR');
      expect((await machine.listFiles(`/data/${A}`)).map(({ path }) => path)).toEqual([]);
      await machine.inject({ type: 'disk', host: A, freeBytes: null });
      expect(await ask(machine, '-h', A, 'SAVE')).toBe('OK');
    });

    test('a slow disk keeps a server waiting that syncs every write', async () => {
      const machine = await startMachine();
      await startOn(machine, A, '--appendonly', 'yes', '--appendfsync', 'always');
      await machine.inject({ type: 'disk', host: A, fsyncMs: 250 });
      const before = (await machine.clock()).uptimeMs;
      expect(await ask(machine, '-h', A, 'SET', 'k', 'v')).toBe('OK');
      expect((await machine.clock()).uptimeMs - before).toBeGreaterThanOrEqual(250);
    });

    test('a primary behind a cut link is taken for lost, and its replica comes back when it is whole', async () => {
      const machine = await startMachine();
      await startOn(machine, A);
      await startOn(machine, B, '--replicaof', A, String(PORT), '--repl-timeout', '5');
      await machine.advance(2000);
      await machine.inject({ type: 'split', groups: [[A], [B]] });
      await machine.advance(10_000);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_link_status:down');
      await machine.inject({ type: 'heal', from: A, to: B });
      await machine.advance(70_000);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_link_status:up');
    });
  });
}
