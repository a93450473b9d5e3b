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

/**
 * The far side of the boundary: what a worker exposes. It holds one machine, made by `start`.
 *
 * @param ask how its thread asks for calls while it is busy
 */
export function createEngine(ask: AskForCalls): Engine {
  let performer: CallPerformer | undefined;
  let mirror: FileMirror | undefined;
  let machine: DirectMachine | undefined;
  let page: Remote<Page> | undefined;
  return {
    async start({ preload, busyInputUrl, save, ...machineOptions }: EngineOptions, pageProxy: Page & ProxyMarked) {
      // comlink has replaced the proxied object by its remote counterpart on the way here.
      const told = (page = pageProxy as unknown as Remote<Page>);
      const busyInput = new BusyInput(ask, busyInputUrl);
      const askWhileBusy = (waitMs: number): void => {
        if (!performer) return;
        const calls = busyInput.poll(performer.performed, waitMs);
        for (const call of calls) performer.perform(call, true);
        if (calls.length > 0) void told.received(performer.performed);
      };
      const host = createHost({ whileBusy: () => askWhileBusy(0), blockThread: askWhileBusy });
      machine = createDirectMachine({ ...machineOptions, loadModule: (file) => told.module(file) }, host);
      void prepareAll(machine, preload);
      if (save) {
        // Only the playground keeps files.
        const { FileMirror } = await import('./file-mirror.ts');
        mirror = await FileMirror.open(save.name, (state) => void told.saving(state));
        if (save.fresh) await mirror?.clear();
        const { files } = machine.kernel;
        for (const { path, bytes, modifiedMs } of (await mirror?.read()) ?? []) files.store(path, bytes, modifiedMs);
        mirror?.follow(mirroredFiles(machine.kernel));
      }
      performer = new CallPerformer(machine, told);
    },

    async startTopology(topology, onProgress) {
      if (!machine || !page) throw notStarted();
      // Loaded here: a page with one server does without. And nothing is said of a start while the module is on its way.
      const [{ startTopology }] = await Promise.all([import('../lab/start-topology.ts'), page.module('redis-server')]);
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

/** One after the other, as the page fetches them. One that fails is tried again when it is spawned. */
async function prepareAll(machine: DirectMachine, modules: readonly ModuleName[]): Promise<void> {
  try {
    for (const module of modules) await machine.prepare(module);
  } catch {
    // Whoever spawns it is told.
  }
}

function mirroredFiles({ files }: Kernel): MirroredFiles {
  return {
    takeChanges: () => files.takeChanges(),
    snapshot: () =>
      files.files().map(({ path, inode }) => ({ path, bytes: inode.bytes(), modifiedMs: inode.modifiedMs })),
  };
}
