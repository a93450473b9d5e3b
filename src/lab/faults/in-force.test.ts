import { expect, test } from 'vitest';
import { readFaultLine } from '../../../wasm-redis/lab/fault-line.ts';
import { apply } from '../../../wasm-redis/lab/fault-schedule.ts';
import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { readTopology } from '../../../wasm-redis/lab/read-topology.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../../wasm-redis/tests/rig.ts';
import { inForce, type InForce } from './in-force.ts';

async function startLab(): Promise<Lab> {
  return startTopology(startMachine(), readTopology({ nodes: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }));
}

async function order(lab: Lab, line: string): Promise<void> {
  const { fault, afterMs } = readFaultLine(line, lab.topology);
  await apply(lab, fault, afterMs);
}

async function found(lab: Lab): Promise<InForce[]> {
  const [processes, faults, { uptimeMs }] = await Promise.all([
    lab.machine.processes(),
    lab.machine.faults(),
    lab.machine.clock(),
  ]);
  return inForce(lab.topology, lab.nodes, processes, faults, uptimeMs);
}

const words = async (lab: Lab): Promise<string[]> => (await found(lab)).map((one) => one.words);

test('what is ordered is said in words, and what is said can be taken back until nothing is wrong', async () => {
  const lab = await startLab();
  expect(await words(lab)).toEqual([]);
  for (const line of [
    'kill a',
    'stop b',
    'cut a b',
    'cut b -> c',
    'latency a c 100ms ±20ms',
    'disk b full',
    'fsync c 50ms',
    'cut a lab',
  ]) {
    await order(lab, line);
  }
  expect(await words(lab)).toEqual([
    'a is not running',
    'b is stopped',
    'a ↔ b: cut',
    'a ↔ lab: cut',
    'a ↔ c: 100 ms, up to 20 ms more',
    'b → c: cut',
    'the disk of b is full',
    'the disk of c takes 50 ms for each fsync',
  ]);
  for (const { undo } of await found(lab)) await apply(lab, undo);
  expect(await words(lab)).toEqual([]);
});

test('a link that is cut and slow is two things, and each goes by itself', async () => {
  const lab = await startLab();
  await order(lab, 'latency a b 5ms');
  await order(lab, 'cut a b');
  const [cut, slow] = await found(lab);
  expect([cut?.words, slow?.words]).toEqual(['a ↔ b: cut', 'a ↔ b: 5 ms']);
  await apply(lab, cut!.undo);
  expect(await words(lab)).toEqual(['a ↔ b: 5 ms']);
});

test('directions that differ stay apart', async () => {
  const lab = await startLab();
  await order(lab, 'latency a -> b 5ms');
  await order(lab, 'latency b -> a 7ms');
  expect(await words(lab)).toEqual(['a → b: 5 ms', 'b → a: 7 ms']);
});

test('what will come is said with its time, by the names of nodes', async () => {
  const lab = await startLab();
  await order(lab, 'kill c after 3s');
  await order(lab, 'split a | b c after 4s');
  await lab.machine.advance(1000);
  expect(await words(lab)).toEqual(['in 2 s: kill c', 'in 3 s: split a | b c']);
  await lab.machine.advance(2000);
  expect(await words(lab)).toEqual(['c is not running', 'in 1 s: split a | b c']);
});

test('what will come is taken back before it comes, and a signal to a former process is not to come', async () => {
  const lab = await startLab();
  for (const line of ['stop a after 2s', 'kill c after 3s', 'cut a b after 4s']) await order(lab, line);
  const [stop] = await found(lab);
  await apply(lab, stop!.undo);
  await order(lab, 'restart c');
  expect(await words(lab)).toEqual(['in 4 s: cut a b']);
  await lab.machine.advance(4000);
  expect(await words(lab)).toEqual(['a ↔ b: cut']);
});
