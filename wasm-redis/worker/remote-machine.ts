import { type Endpoint, proxy, type Remote, wrap } from 'comlink';
import { Lab } from '../lab/lab.ts';
import type { Topology } from '../lab/topology.ts';
import { type Machine, type MachineOptions } from '../machine.ts';
import {
  type Call,
  type CallName,
  type Engine,
  type EngineOptions,
  type Page,
  type SavingState,
  type StartListener,
} from './boundary.ts';
import { CallChannel } from './call-channel.ts';
import { Listeners } from './listeners.ts';
import { transferMachineErrors } from './transfer-errors.ts';

transferMachineErrors();

/** What is made of an engine's options, and who is told how it goes. */
export interface RemoteMachineOptions extends EngineOptions {
  loadModule: MachineOptions['loadModule'];
  onSaving?: (state: SavingState) => void;
  /** The engine's thread is kept by a process; calls have to go by `leave` meanwhile. */
  onBusy?: (busy: boolean) => void;
  /** Puts the calls that the engine has no receipt for where it will find them, in place of those put there before. */
  leave: (calls: readonly Call[]) => void;
}

/** This side of the boundary: a machine that is elsewhere. */
export interface RemoteMachine {
  /** Resolves when the machine exists and the first module is there; rejects if the engine cannot be loaded. */
  readonly alive: Promise<void>;
  /** Calls may be made at once: they wait for what they need. */
  readonly machine: Machine;
  /**
   * `startTopology`, on the engine's side. Rejects with what that says, and with the reason when the machine is ended before.
   */
  startTopology(this: void, topology: Topology, onProgress: StartListener): Promise<Lab>;
  /** Writes what has not been saved. See `EngineOptions.save`. */
  save(): Promise<void>;
  /** Forgets the machine: what waits, and every later call, is rejected with the reason. */
  end(this: void, reason: Error): void;
}

/** Starts the engine that is exposed at the other end. */
export function connectMachine(endpoint: Endpoint, options: RemoteMachineOptions): RemoteMachine {
  const { loadModule, onSaving, onBusy, leave, ...engineOptions } = options;
  const engine: Remote<Engine> = wrap<Engine>(endpoint);
  const listeners = new Listeners();
  const made = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const channel = new CallChannel({
    post: (call) => engine.perform(call),
    leave,
    busyChanged: (busy) => onBusy?.(busy),
  });

  const page: Page = {
    module: loadModule,
    received: (sequence) => channel.received(sequence),
    answered: (sequence, outcome) => channel.answered(sequence, outcome),
    heard: (listener, args) => {
      const byteCount = args[0] instanceof Uint8Array ? args[0].byteLength : 0;
      void listeners.call(listener, args).finally(() => {
        // A rejection means that the channel has closed: nobody waits for the bytes any more.
        if (byteCount > 0) channel.call('acknowledge', [listener, byteCount]).catch(() => undefined);
      });
    },
    released: (listener) => listeners.release(listener),
    saving: (state) => onSaving?.(state),
  };
  engine.start(engineOptions, proxy(page)).then(made.resolve, made.reject);
  const [first, ...others] = engineOptions.preload;
  const firstLoaded = first && loadModule(first);
  // Begun here, as nobody over there can ask yet. The first one has the processor to itself.
  firstLoaded?.then(() => Promise.all(others.map(loadModule))).catch(() => undefined);
  const alive = Promise.race([Promise.all([made.promise, firstLoaded]).then(() => undefined), ended.promise]);
  // Whoever awaits `alive` or a call is told; a page that does neither has nobody to tell.
  for (const promise of [made.promise, alive]) promise.catch(() => undefined);

  const call = async (method: CallName, args: readonly unknown[]): Promise<unknown> => {
    // Calls come after `start` by the same way; only of files that are restored they would not find all.
    if (engineOptions.save) await made.promise;
    return channel.call(method, listeners.replaceIn(args));
  };
  const machine = machineOf(call);
  return {
    alive,
    machine,
    startTopology: async (topology, onProgress) => {
      // It comes right after `start`, so the servers begin as soon as their own module is there.
      await Promise.race([engine.startTopology(topology, proxy(onProgress)), ended.promise]);
      const lab = new Lab(machine, topology);
      await lab.locate();
      return lab;
    },
    save: async () => {
      await made.promise;
      await engine.save();
    },
    end: (reason) => {
      channel.close(reason);
      made.reject(reason);
      ended.reject(reason);
      listeners.clear();
    },
  };
}

/** A `Machine` each of whose methods is one call. */
function machineOf(call: (method: CallName, args: readonly unknown[]) => Promise<unknown>): Machine {
  const methods = {
    get: (_target: object, name: string | symbol) => {
      // `await` asks everything whether it is a promise.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      return (...args: unknown[]) => call(name as keyof Machine, args);
    },
  };
  return new Proxy({}, methods) as Machine;
}
