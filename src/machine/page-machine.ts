import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import type { StartProgress } from '../../wasm-redis/lab/start-topology.ts';
import { MachineError, type Machine, type MachineEvent } from '../../wasm-redis/machine.ts';
import type { SavingState } from '../../wasm-redis/worker/boundary.ts';
import type { WorkerMachine } from '../../wasm-redis/worker/client.ts';
import type { Beginning } from './beginning.ts';
import { lessonSetup } from './lesson-setup.ts';
import { beginPageNodes, followPageNodes } from './page-nodes.ts';

/** What the page's machine is doing, for whoever shows it (terminals, Run buttons, the playground's bar). */
export type PageMachineState =
  | { kind: 'idle' }
  /** The engine's files are on their way; `totalBytes` is 0 while unknown. */
  | { kind: 'loading'; receivedBytes: number; totalBytes: number }
  /** The worker is alive; Redis is starting. */
  | { kind: 'booting'; progress?: StartProgress }
  | { kind: 'ready' }
  /** The worker's thread has not answered for a while: a server is stuck in a script. Input goes another way. */
  | { kind: 'busy' }
  /** Could not start, or has died. `resetPageMachine` makes a new one. */
  | { kind: 'failed'; error: Error };

/** A machine that is there and has no process yet, and what starts a lab on its own side of the worker's boundary. */
export type BootingEngine = Pick<WorkerMachine, 'machine' | 'startTopology'>;

/** What becomes a page's machine. */
export interface PageMachineSetup {
  /** What will run: known before it does, so that terminals have their names. */
  topology: Topology;
  /** Starts the servers on a new machine; resolves when they hold what they promise. */
  boot(engine: BootingEngine, onProgress: (progress: StartProgress) => void): Promise<Lab>;
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
let booted: Promise<Lab> | undefined;
let beginning: Beginning | undefined;
let lab: Lab | undefined;
const labWatchers = new Set<(lab: Lab | undefined) => void>();
let state: PageMachineState = { kind: 'idle' };
/** Counts boots, so that what a replaced machine still says can be told apart. */
let boots = 0;
const watchers = new Set<(state: PageMachineState) => void>();

/**
 * Replaces what the frontmatter says, as the playground and the lab do. A machine that is there stays until
 * `resetPageMachine`.
 */
export function configurePageMachine(replacement: PageMachineSetup): void {
  setup = replacement;
}

/**
 * The machine of this page, booted by the first call: the worker is started, the processes are spawned as the frontmatter
 * says (`machine`), and the promise resolves once what they promise holds. Terminals and Run buttons share it. Rejects with
 * `MachineError` when the engine cannot be loaded, and with the setup's own error when Redis does not start; a call after
 * that tries again.
 */
export async function pageMachine(): Promise<Machine> {
  return (await bootedLab()).machine;
}

/** What runs on the page's machine, or will when it is booted. */
export function pageTopology(): Topology {
  setup ??= lessonSetup();
  return setup.topology;
}

/** The same machine as a lab: what `src/lab/page-lab.ts` hands out. */
export function bootedLab(): Promise<Lab> {
  booted ??= boot(false);
  return booted;
}

/**
 * Gives a fresh machine; everything that was in the old one is gone, saved files too. A lab of several nodes is put back to
 * how it was when it had been started, which takes some milliseconds; any other, or one that does not answer, is ended
 * and booted.
 */
export async function resetPageMachine(): Promise<Machine> {
  setup ??= lessonSetup();
  // Also one that is called busy: on a loaded computer that may be over in a moment, and `enter` does not wait for long.
  const runs = state.kind === 'ready' || state.kind === 'busy';
  if (lab && beginning && runs && (await beginning.enter(lab, setup))) return lab.machine;
  end();
  booted = boot(true);
  return (await booted).machine;
}

/** Ends the machine and boots another that finds the saved files. Without `saveAs` this is a reset. */
export async function restartPageMachine(): Promise<Machine> {
  end();
  booted = boot(false);
  return (await booted).machine;
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

/** As `watchPageLab`, which is what others use. */
export function watchBootedLab(listener: (lab: Lab | undefined) => void): () => void {
  labWatchers.add(listener);
  listener(lab);
  return () => labWatchers.delete(listener);
}

/** Starts a node of the page's machine that has ended, with the files that it has left. */
export async function startPageNode(name: string): Promise<void> {
  const node = (await bootedLab()).node(name);
  if (node.pid === undefined) await node.start();
}

async function noteEvent(current: Lab, event: MachineEvent): Promise<void> {
  await followPageNodes(current, event);
  if (event.type === 'restored' && lab === current) changeLab(current);
}

function changeLab(next: Lab | undefined): void {
  lab = next;
  for (const watcher of labWatchers) watcher(lab);
}

async function boot(fresh: boolean): Promise<Lab> {
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
      // While it boots it may be busy as well, with what nobody has asked for yet.
      onBusy: (busy) => {
        if (state.kind === 'ready' || state.kind === 'busy') tell({ kind: busy ? 'busy' : 'ready' });
      },
      onCrash: (error) => {
        if (mine === boots) fail(error);
      },
    });
    if (mine === boots) worker = started;
    else started.terminate();
    const booting = setup.boot(started, (progress) => tell({ kind: 'booting', progress }));
    booting.catch(isAwaitedBelow);
    await started.alive;
    if (state.kind === 'loading') tell({ kind: 'booting' });
    // Comes while it boots, and a page with one node does without it.
    const anew = setup.topology.nodes.length > 1 ? import('./beginning.ts').catch(notFetched) : undefined;
    const current = await booting;
    // Done before what is asked next, so nobody has to wait for it.
    const noting = started.machine.subscribe((event) => {
      if (mine === boots) void noteEvent(current, event).catch(machineHasEnded);
    });
    noting.catch(machineHasEnded);
    const code = await anew;
    if (mine === boots) {
      beginning = code?.Beginning.of(current, setup, (phase) => tell({ kind: phase }));
      beginPageNodes(current);
      changeLab(current);
    }
    tell({ kind: 'ready' });
    return current;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (mine === boots) fail(failure);
    throw failure;
  }
}

/** Its failure is told where it is awaited, after that of the engine, which would be its cause. */
function isAwaitedBelow(): void {}

/** Without the code a reset is a boot. */
function notFetched(): undefined {}

/** What was asked of a machine that is gone; its state says so. */
function machineHasEnded(error: unknown): void {
  if (!(error instanceof MachineError)) throw error;
}

function fail(error: Error): void {
  end();
  change({ kind: 'failed', error });
}

function end(): void {
  worker?.terminate();
  worker = undefined;
  booted = undefined;
  beginning = undefined;
  if (lab) changeLab(undefined);
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
