import { describe, expect, test } from 'vitest';
import { EPOCH_MS, startServer } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** The clock: standing, moved, running. */
export function describeClock(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: clock`, () => {
    test('a standing clock moves only when it is moved', async () => {
      const machine = await startMachine();
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS, uptimeMs: 0, rate: 0 });
      await startServer(machine, ...KEEP_NOTHING);
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS, uptimeMs: 0, rate: 0 });
      await machine.advance(1234.5);
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS + 1234.5, uptimeMs: 1234.5, rate: 0 });
    });

    test('advance stops at every timer, jump at none', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--loglevel', 'verbose', ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'v');
      /** A server reports every five seconds, if it may. */
      const reports = (): string[] => server.log().match(/\S+(?= - DB 0: 1 keys)/g) ?? [];
      await machine.advance(15_000);
      expect(reports()).toEqual(['00:00:00.001', '00:00:05.001', '00:00:10.001']);
      await machine.jump(3_600_000);
      expect((await machine.clock()).nowMs).toBe(EPOCH_MS + 3_615_000);
      expect(reports()).toHaveLength(4);
    });

    test('settle says how long it is until the next timer', async () => {
      const machine = await startMachine();
      expect(await machine.settle()).toBe(Infinity);
      await startServer(machine, '--hz', '10', ...KEEP_NOTHING);
      const next = await machine.settle();
      expect(next).toBeGreaterThan(0);
      expect(next).toBeLessThanOrEqual(100);
    });

    test('a clock that runs makes timers fire by themselves', async () => {
      const machine = await startMachine();
      const client = await (await startServer(machine, ...KEEP_NOTHING)).client();
      const blocked = client.call('BLPOP', 'q', 50);
      await machine.setClockRate(1000);
      expect((await machine.clock()).rate).toBe(1000);
      expect(await blocked).toBe(null);
      await machine.setClockRate(0);
      const { uptimeMs } = await machine.clock();
      expect(uptimeMs).toBeGreaterThanOrEqual(50_000);
      await machine.settle();
      expect((await machine.clock()).uptimeMs).toBe(uptimeMs);
    });

    test.each([-1, NaN, Infinity])('a rate of %d is refused and changes nothing', async (rate) => {
      const machine = await startMachine();
      await expect(machine.setClockRate(rate)).rejects.toThrow('A clock');
      expect((await machine.clock()).rate).toBe(0);
    });

    test.each(['advance', 'jump'] as const)('%s does not go back', async (move) => {
      const machine = await startMachine();
      await machine.advance(1000);
      await expect(machine[move](-1)).rejects.toThrow('forward');
      await expect(machine[move](NaN)).rejects.toThrow('forward');
      expect((await machine.clock()).uptimeMs).toBe(1000);
    });
  });
}
