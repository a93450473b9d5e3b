import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { type ModuleName } from '../machine.ts';
import { loadModule } from '../node/load-module.ts';

const SEED = 1;
/** Compiled once for all machines. */
const MODULES = new Map<ModuleName, Promise<WebAssembly.Module>>();

/** A machine for attacks: seed 1, and a clock that stands. */
export function attackMachine(): DirectMachine {
  return createDirectMachine({ loadModule: loadOnce, seed: SEED, clockRate: 0 });
}

/** A module, compiled when it is first asked for. */
export function loadOnce(name: ModuleName): Promise<WebAssembly.Module> {
  const loading = MODULES.get(name) ?? loadModule(name);
  MODULES.set(name, loading);
  return loading;
}
