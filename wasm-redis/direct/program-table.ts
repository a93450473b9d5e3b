import { MachineError, type MachineOptions, type ModuleName, PROGRAMS, type ProgramName } from '../machine.ts';

const MODULES: Readonly<Record<ProgramName, ModuleName>> = {
  'redis-server': 'redis-server',
  'redis-sentinel': 'redis-server',
  'redis-check-rdb': 'redis-server',
  'redis-check-aof': 'redis-server',
  'redis-cli': 'redis-cli',
  'redis-benchmark': 'redis-benchmark',
};

/** The programs that a machine can run: each module is loaded once, when it is first needed. */
export class ProgramTable {
  readonly #loadModule: MachineOptions['loadModule'];
  readonly #loaded = new Map<ModuleName, WebAssembly.Module>();
  readonly #loading = new Map<ModuleName, Promise<void>>();

  constructor(loadModule: MachineOptions['loadModule']) {
    this.#loadModule = loadModule;
  }

  /** Rejects with `MachineError` ENOENT for an unknown program, or with what loading failed of. */
  async load(program: ProgramName): Promise<void> {
    const file = moduleOf(program);
    let loading = this.#loading.get(file);
    if (!loading) {
      loading = this.#loadModule(file).then((module) => void this.#loaded.set(file, module));
      this.#loading.set(file, loading);
      // A failed download is tried again at the next spawn.
      loading.catch(() => this.#loading.delete(file));
    }
    await loading;
  }

  /** Throws `MachineError` ENOENT for an unknown program, ENOMODULE for one that has not been loaded. */
  module(program: ProgramName): WebAssembly.Module {
    const module = this.#loaded.get(moduleOf(program));
    if (!module) throw new MachineError('ENOMODULE', `${program} has not been loaded yet. Try again.`);
    return module;
  }
}

/** The module that a program is in. Throws `MachineError` ENOENT for an unknown program. */
export function moduleOf(program: ProgramName): ModuleName {
  const file = MODULES[program] as ModuleName | undefined;
  if (!file) throw new MachineError('ENOENT', `${program}: no such program. There are ${PROGRAMS.join(', ')}.`);
  return file;
}
