import { LESSON_MACHINE } from '../../src/transcript/lesson-machine.ts';
import { createDirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import type { Machine, ModuleName } from '../../wasm-redis/machine.ts';
import { loadModule } from '../../wasm-redis/node/load-module.ts';

/** Compiled once for each thread: an exercise alone takes several machines. */
const modules = new Map<ModuleName, Promise<WebAssembly.Module>>();

function loadOnce(file: ModuleName): Promise<WebAssembly.Module> {
  const module = modules.get(file) ?? loadModule(file);
  modules.set(file, module);
  return module;
}

/** The machine on which lessons are checked: the engine itself, in the same thread. */
export async function createMachine(): Promise<Machine> {
  return createDirectMachine({ ...LESSON_MACHINE, loadModule: loadOnce });
}
