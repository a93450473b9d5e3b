import { type ProxyMarked, type Remote } from 'comlink';
import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { MachineError, type ModuleName } from '../machine.ts';
import { type Call, type Engine, type EngineOptions, type Page } from './boundary.ts';
import { type AskForCalls, BusyInput } from './busy-input.ts';
import { CallPerformer } from './call-performer.ts';
import type { FileMirror, MirroredFiles } from './file-mirror.ts';
import { transferMachineErrors } from './transfer-errors.ts';

transferMachineErrors();

/** What an engine needs of the thread that it runs on. */
export interface EngineSurroundings {
  modules: ModuleSource;
  ask: AskForCalls;
}

/** Where an engine gets its modules. */
export interface ModuleSource {
  /** Fetches and compiles a module; `onProgress` gets the bytes that have arrived so far. */
  fetch(file: ModuleName, onProgress: (receivedBytes: number) => void): Promise<WebAssembly.Module>;
  /** The size of a module's file. */
  sizeBytes(file: ModuleName): number;
}

/** The far side of the boundary: what a worker exposes. It holds one machine, made by `start`. */
export function createEngine({ modules, ask }: EngineSurroundings): Engine {
  let performer: CallPerformer | undefined;
  let mirror: FileMirror | undefined;
  let machine: DirectMachine | undefined;
  let loadModule: ((file: ModuleName) => Promise<WebAssembly.Module>) | undefined;
  return {
    async start({ preload, busyInputUrl, save, ...machineOptions }: EngineOptions, pageProxy: Page & ProxyMarked) {
      // comlink has replaced the proxied object by its remote counterpart on the way here.
      const page = pageProxy as unknown as Remote<Page>;
      loadModule = loadOnce(modules, page);
      const [first, ...others] = preload;
      const preloaded = first && loadModule(first);
      // The first one has the processor to itself. Those that fail here are tried again by a spawn.
      preloaded?.then(() => Promise.all(others.map(loadModule!))).catch(() => undefined);
      const busyInput = new BusyInput(ask, busyInputUrl);
      const askWhileBusy = (waitMs: number): void => {
        if (!performer) return;
        const calls = busyInput.poll(performer.performed, waitMs);
        for (const call of calls) performer.perform(call, true);
        if (calls.length > 0) void page.received(performer.performed);
      };
      const host = createHost({ whileBusy: () => askWhileBusy(0), blockThread: askWhileBusy });
      machine = createDirectMachine({ ...machineOptions, loadModule }, host);
      if (save) {
        // Only the playground keeps files.
        const { FileMirror } = await import('./file-mirror.ts');
        mirror = await FileMirror.open(save.name, (state) => void page.saving(state));
        if (save.fresh) await mirror?.clear();
        const { files } = machine.kernel;
        for (const { path, bytes, modifiedMs } of (await mirror?.read()) ?? []) files.store(path, bytes, modifiedMs);
        mirror?.follow(mirroredFiles(machine.kernel));
      }
      performer = new CallPerformer(machine, page);
      await preloaded;
    },

    async startTopology(topology, onProgress) {
      if (!machine || !loadModule) throw notStarted();
      // Loaded here: a page with one server does without.
      const [{ startTopology }] = await Promise.all([import('../lab/start-topology.ts'), loadModule('redis-server')]);
      await startTopology(machine, topology, { onProgress: (progress) => void onProgress(progress) });
    },

    async perform(call: Call) {
      if (!performer) throw notStarted();
      performer.perform(call);
    },

    async save() {
      await mirror?.save();
    },
  };
}

function notStarted(): MachineError {
  return new MachineError('ESTATE', 'a call came before the engine was started');
}

/** Loads each module once, and tells the page how far all of them together have come. */
function loadOnce(modules: ModuleSource, page: Remote<Page>): (file: ModuleName) => Promise<WebAssembly.Module> {
  const received = new Map<ModuleName, number>();
  const loaded = new Map<ModuleName, Promise<WebAssembly.Module>>();
  const sum = (bytes: Iterable<number>): number => [...bytes].reduce((total, next) => total + next, 0);
  return (file) => {
    const known = loaded.get(file);
    if (known) return known;
    // From the beginning part of the whole, though its first bytes may come after another's last.
    received.set(file, 0);
    const loading = modules.fetch(file, (receivedBytes) => {
      received.set(file, receivedBytes);
      void page.loading(sum(received.values()), sum([...received.keys()].map((name) => modules.sizeBytes(name))));
    });
    loaded.set(file, loading);
    // The next spawn of such a program tries again.
    loading.catch(() => loaded.delete(file));
    return loading;
  };
}

function mirroredFiles({ files }: Kernel): MirroredFiles {
  return {
    takeChanges: () => files.takeChanges(),
    snapshot: () =>
      files.files().map(({ path, inode }) => ({ path, bytes: inode.bytes(), modifiedMs: inode.modifiedMs })),
  };
}
