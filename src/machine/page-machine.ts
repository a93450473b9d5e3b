import type { ExitStatus, Machine, MachineEvent, Pid } from '../../wasm-redis/machine.ts';
import type { SavingState } from '../../wasm-redis/worker/boundary.ts';
import type { WorkerMachine } from '../../wasm-redis/worker/client.ts';
import { lessonSetup } from './lesson-setup.ts';

/** What the page's machine is doing, for whoever shows it (terminals, Run buttons, the playground's bar). */
export type PageMachineState =
  | { kind: 'idle' }
  /** The engine's files are on their way; `totalBytes` is 0 while unknown. */
  | { kind: 'loading'; receivedBytes: number; totalBytes: number }
  /** The worker is alive; Redis is starting. */
  | { kind: 'booting' }
  | { kind: 'ready' }
  /** The worker's thread has not answered for a while: a server is stuck in a script. Input goes another way. */
  | { kind: 'busy' }
  /** Could not start, or has died. `resetPageMachine` makes a new one. */
  | { kind: 'failed'; error: Error };

/** The servers of the page's machine: those that run, and how the last of those that ended has ended. */
export interface PageServers {
  running: readonly Pid[];
  lastEnd?: ExitStatus;
}

/** What becomes a page's machine. */
export interface PageMachineSetup {
  /** Starts the servers on a new machine; resolves when they listen. */
  boot(machine: Machine): Promise<void>;
  /** These three: see `MachineOptions`. */
  seed?: number;
  epochMs?: number;
  clockRate?: number;
  /** Keeps the files under this name between visits. */
  saveAs?: string;
  onSaving?: (state: SavingState) => void;
}

let setup: PageMachineSetup | undefined;
let worker: WorkerMachine | undefined;
let booted: Promise<Machine> | undefined;
let state: PageMachineState = { kind: 'idle' };
/** Counts boots, so that what a replaced machine still says can be told apart. */
let boots = 0;
const watchers = new Set<(state: PageMachineState) => void>();
let servers: PageServers = { running: [] };
const serverWatchers = new Set<(servers: PageServers) => void>();

/** Replaces what the frontmatter says (the playground does). To be called before the machine is booted first. */
export function configurePageMachine(replacement: PageMachineSetup): void {
  setup = replacement;
}

/**
 * The machine of this page, booted by the first call: the worker is started, redis-server is spawned as the page's
 * preset says (`machine` in the frontmatter), and the promise resolves once it listens on 6379. Terminals and Run
 * buttons share it. Rejects with `MachineError` when the engine cannot be loaded, and with the setup's own error when
 * Redis does not start; a call after that tries again.
 */
export function pageMachine(): Promise<Machine> {
  booted ??= boot(false);
  return booted;
}

/** Ends the machine, whatever it is doing, and boots a fresh one. Everything that was in it is gone, saved files too. */
export function resetPageMachine(): Promise<Machine> {
  end();
  booted = boot(true);
  return booted;
}

/** Ends the machine and boots another that finds the saved files. Without `saveAs` this is a reset. */
export function restartPageMachine(): Promise<Machine> {
  end();
  booted = boot(false);
  return booted;
}

/** Writes what has not been saved yet. Resolves at once if there is no machine. */
export async function savePageMachine(): Promise<void> {
  await worker?.save();
}

/** Calls the listener at once with the present state and then after each change. Returns what ends that. */
export function watchPageMachine(listener: (state: PageMachineState) => void): () => void {
  watchers.add(listener);
  listener(state);
  return () => watchers.delete(listener);
}

/** Calls the listener at once, and then whenever a redis-server of the page's machine has started or ended. */
export function watchPageServers(listener: (servers: PageServers) => void): () => void {
  serverWatchers.add(listener);
  listener(servers);
  return () => serverWatchers.delete(listener);
}

/** Starts the page's servers again on the machine as it is, after they have ended. */
export async function startPageServers(): Promise<void> {
  const machine = await pageMachine();
  await setup?.boot(machine);
}

function noteServer(event: MachineEvent): void {
  if (event.type !== 'started' && event.type !== 'exited') return;
  if (event.argv[0] !== 'redis-server') return;
  const others = servers.running.filter((pid) => pid !== event.pid);
  if (event.type === 'started') changeServers({ running: [...others, event.pid] });
  else changeServers({ running: others, lastEnd: event.status });
}

/** The machine has been put back: other servers run now than a moment before. */
async function lookForServers(machine: Machine): Promise<void> {
  const running = (await machine.processes()).filter(({ argv }) => argv[0] === 'redis-server').map(({ pid }) => pid);
  changeServers({ running });
}

function changeServers(next: PageServers): void {
  servers = next;
  for (const watcher of serverWatchers) watcher(servers);
}

async function boot(fresh: boolean): Promise<Machine> {
  const mine = ++boots;
  /** Says something about this boot's machine, unless another has taken its place. */
  const tell = (next: PageMachineState): void => {
    if (mine === boots) change(next);
  };
  tell({ kind: 'loading', receivedBytes: 0, totalBytes: 0 });
  try {
    setup ??= lessonSetup();
    // Loaded here, so that a page which only might need a machine does not carry the code for it.
    const { startWorkerMachine } = await import('../../wasm-redis/worker/client.ts');
    const { seed, epochMs, clockRate, saveAs, onSaving } = setup;
    const started = startWorkerMachine({
      preload: ['redis-server', 'redis-cli'],
      scope: import.meta.env.BASE_URL.replace(/\/?$/, '/'),
      ...(seed === undefined ? {} : { seed }),
      ...(epochMs === undefined ? {} : { epochMs }),
      ...(clockRate === undefined ? {} : { clockRate }),
      ...(saveAs === undefined ? {} : { save: { name: saveAs, fresh } }),
      ...(onSaving ? { onSaving } : {}),
      onLoading: (receivedBytes, totalBytes) => {
        if (state.kind === 'loading') tell({ kind: 'loading', receivedBytes, totalBytes });
      },
      onBusy: (busy) => tell({ kind: busy ? 'busy' : 'ready' }),
      onCrash: (error) => {
        if (mine === boots) fail(error);
      },
    });
    if (mine === boots) worker = started;
    else started.terminate();
    await started.alive;
    tell({ kind: 'booting' });
    changeServers({ running: [] });
    await started.machine.subscribe((event) => {
      if (mine !== boots) return;
      if (event.type === 'restored') void lookForServers(started.machine);
      else noteServer(event);
    });
    await setup.boot(started.machine);
    tell({ kind: 'ready' });
    return started.machine;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (mine === boots) fail(failure);
    throw failure;
  }
}

function fail(error: Error): void {
  end();
  change({ kind: 'failed', error });
}

function end(): void {
  worker?.terminate();
  worker = undefined;
  booted = undefined;
}

function change(next: PageMachineState): void {
  state = next;
  for (const watcher of watchers) watcher(state);
}

// What was typed a moment before the page goes away is still on its way to the storage.
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void savePageMachine().catch(() => undefined);
  });
}
