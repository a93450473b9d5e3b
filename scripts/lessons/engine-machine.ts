import { LESSON_MACHINE } from '../../src/transcript/presets.ts';
import { createDirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import type { Machine } from '../../wasm-redis/machine.ts';
import { loadModule } from '../../wasm-redis/node/load-module.ts';

/** The machine on which lessons are checked: the engine itself, in the same thread. */
export async function createMachine(): Promise<Machine> {
  return createDirectMachine({ ...LESSON_MACHINE, loadModule });
}
