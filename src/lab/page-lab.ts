import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { bootedLab, watchBootedLab } from '../machine/page-machine.ts';

/**
 * The page's machine as a lab: its nodes by name, booted by the first call as `pageMachine` does it, and the same until a
 * reset. Rejects as that does. A page with a single server is a lab of one node.
 */
export function pageLab(): Promise<Lab> {
  return bootedLab();
}

/**
 * Calls the listener at once and then after each boot, reset and restore; with undefined while there is none. Boots nothing.
 * After a restore the lab is the same as before, and its nodes know their processes again. Returns what ends it.
 */
export function watchPageLab(listener: (lab: Lab | undefined) => void): () => void {
  return watchBootedLab(listener);
}
