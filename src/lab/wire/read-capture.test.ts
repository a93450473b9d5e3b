import { expect, test } from 'vitest';
import { run, startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import { MOST_AT_ONCE, readCapture, UNITS_OF_A_LOOK } from './read-capture.ts';
import { WireLog, type WireRow } from './wire-log.ts';

test('a benchmark is taken and read in parts, the newest of it; the rest is counted and kept for the file', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const capture = await machine.capture();
  await run(machine, ['redis-benchmark', '-n', '6000', '-c', '5', '-t', 'ping_mbulk', '-q']);
  const log = new WireLog();
  const taken: number[] = [];
  /** Rows between two pauses. */
  const parts: number[] = [0];
  const rows: WireRow[] = [];
  await readCapture({
    machine: {
      captured: async (id, most) => {
        const captured = await machine.captured(id, most);
        taken.push(captured.segments.length);
        return captured;
      },
    },
    capture,
    log,
    looks: 1,
    wanted: () => true,
    pause: async () => void parts.push(0),
    onRows: (read) => {
      parts.push(parts.pop()! + read.length);
      rows.push(...read);
    },
  });
  const segments = taken.reduce((sum, count) => sum + count, 0);
  expect(segments).toBeGreaterThan(12_000);
  expect(Math.max(...taken)).toBe(MOST_AT_ONCE);
  expect(Math.max(...parts)).toBeLessThan(120);
  // Each row counts for 300 and its bytes.
  expect(rows.length).toBeGreaterThan(400);
  expect(rows.length).toBeLessThan(UNITS_OF_A_LOOK / 300);
  expect(rows.at(-1)?.summary).toBe('will send no more');
  expect([log.behind, log.segments.length, log.dropped]).toEqual([false, segments, 0]);
  expect(log.skipped).toBeGreaterThan(11_000);
  expect((await machine.captured(capture)).segments).toEqual([]);
});

test('a few commands are read at once, without a pause', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const capture = await machine.capture();
  await run(machine, ['redis-cli', 'PING']);
  const log = new WireLog();
  const said: string[] = [];
  await readCapture({
    machine,
    capture,
    log,
    looks: 1,
    wanted: () => true,
    pause: () => Promise.reject(new Error('a pause')),
    onRows: (rows) => said.push(...rows.map(({ summary }) => summary)),
  });
  expect(said).toContain('PONG');
  expect(log.skipped).toBe(0);
});

test('what has passed while nobody looked is read as if it had been looked at', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const capture = await machine.capture();
  await run(machine, ['redis-cli', 'SET', 'bike:1', 'Deimos']);
  await run(machine, ['redis-benchmark', '-n', '900', '-c', '5', '-t', 'ping_mbulk', '-q']);
  const captured = await machine.captured(capture, MOST_AT_ONCE * 3);
  const readAfter = async (looks: number): Promise<string[]> => {
    const said: string[] = [];
    await readCapture({
      machine: { captured: async () => captured },
      capture,
      log: new WireLog(),
      looks,
      wanted: () => true,
      pause: async () => undefined,
      onRows: (rows) => said.push(...rows.map(({ summary }) => summary)),
    });
    return said;
  };
  expect(await readAfter(1)).not.toContain('SET bike:1 Deimos');
  expect(await readAfter(10)).toContain('SET bike:1 Deimos');
});
