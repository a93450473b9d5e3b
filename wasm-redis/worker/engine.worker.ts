/** The worker's script: a machine on this thread, exposed to the page that started it. */
import { expose, type ProxyMarked, type Remote } from 'comlink';
import { createDirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { MachineError, type ModuleName } from '../machine.ts';
import type { Call, Engine, EngineOptions, Page } from './boundary.ts';
import { BusyInput } from './busy-input.ts';
import { CallPerformer } from './call-performer.ts';
import { FileMirror, type MirroredFiles } from './file-mirror.ts';
import { fetchModule, moduleBytes } from './load-module.ts';
import { transferMachineErrors } from './transfer-errors.ts';

transferMachineErrors();
let performer: CallPerformer | undefined;
let mirror: FileMirror | undefined;

const engine: Engine = {
  async start({ preload, busyInputUrl, save, ...machineOptions }: EngineOptions, pageProxy: Page & ProxyMarked) {
    // comlink has replaced the proxied object by its remote counterpart on the way here.
    const page = pageProxy as unknown as Remote<Page>;
    const loadModule = moduleLoader(page);
    const modules = Promise.all(preload.map(loadModule));
    const busyInput = new BusyInput(
      busyInputUrl,
      () => performer?.performed ?? 0,
      (calls) => performWhileBusy(calls, page),
    );
    const host = createHost({
      whileBusy: () => void busyInput.poll(0),
      blockThread: (ms) => void busyInput.poll(ms),
    });
    const machine = createDirectMachine({ ...machineOptions, loadModule }, host);
    if (save) {
      mirror = await FileMirror.open(save.name, (state) => void page.saving(state));
      if (save.fresh) await mirror?.clear();
      for (const file of (await mirror?.read()) ?? [])
        machine.kernel.files.store(file.path, file.bytes, file.modifiedMs);
      mirror?.follow(mirroredFiles(machine.kernel));
    }
    performer = new CallPerformer(machine, page);
    await modules;
  },

  perform(call: Call) {
    if (!performer) throw new MachineError('ESTATE', 'a call came before the engine was started');
    performer.perform(call);
    return Promise.resolve();
  },

  async save() {
    await mirror?.save();
  },
};

function performWhileBusy(calls: readonly Call[], page: Remote<Page>): void {
  for (const call of calls) performer?.perform(call);
  if (performer) void page.received(performer.performed);
}

/** Loads each module once, and tells the page how far all of them together have come. */
function moduleLoader(page: Remote<Page>): (file: ModuleName) => Promise<WebAssembly.Module> {
  const received = new Map<ModuleName, number>();
  const loaded = new Map<ModuleName, Promise<WebAssembly.Module>>();
  const report = (file: ModuleName, receivedBytes: number): void => {
    received.set(file, receivedBytes);
    const sum = (bytes: Iterable<number>): number => [...bytes].reduce((total, next) => total + next, 0);
    void page.loading(sum(received.values()), sum([...received.keys()].map(moduleBytes)));
  };
  return (file) => {
    const known = loaded.get(file);
    if (known) return known;
    const loading = fetchModule(file, (bytes) => report(file, bytes));
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

// A promise that nobody awaits has failed: the page is told as of any other error, by the worker's error event.
self.addEventListener('unhandledrejection', (event) => reportError(event.reason));

expose(engine);
