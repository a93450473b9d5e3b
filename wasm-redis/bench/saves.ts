import { startTopology } from '../lab/start-topology.ts';
import { TOPOLOGIES } from '../lab/presets.ts';
import type { Machine } from '../machine.ts';

/** Milliseconds as the caller of the machine sees them, one for each round; bytes of the saves. */
export interface SaveTimes {
  firstSaveMs: number;
  saveMs: number[];
  restoreMs: number[];
  firstBytes: number;
  /** What each further save takes that no other has. */
  ownBytes: number[];
}

/**
 * Saves the preset `cluster`, six nodes, and puts it back. Between a save and its restore the machine goes on for a second,
 * in which a primary is killed. The machine's clock stands.
 */
export async function measureSaves(machine: Machine, rounds: number): Promise<SaveTimes> {
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  const started = performance.now();
  await machine.save('first');
  const times: SaveTimes = {
    firstSaveMs: performance.now() - started,
    saveMs: [],
    restoreMs: [],
    firstBytes: 0,
    ownBytes: [],
  };
  for (let round = 0; round < rounds; round++) {
    await machine.advance(1000);
    const saving = performance.now();
    const { id } = await machine.save();
    times.saveMs.push(performance.now() - saving);
    const [victim] = lab.nodes;
    if (victim?.pid !== undefined) await machine.kill(victim.pid, 'SIGKILL');
    await machine.advance(1000);
    const restoring = performance.now();
    await machine.restore(id);
    times.restoreMs.push(performance.now() - restoring);
  }
  for (const { label, ownBytes } of await machine.saves()) {
    if (label === 'first') times.firstBytes = ownBytes;
    else times.ownBytes.push(ownBytes);
  }
  return times;
}
