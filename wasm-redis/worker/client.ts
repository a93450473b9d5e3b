import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import { MachineError, type Machine } from '../machine.ts';
import type { Call, CallName, Engine, EngineOptions, Page, SavingState } from './boundary.ts';
import { CallChannel } from './call-channel.ts';
import { writeCalls } from './call-text.ts';
import { Listeners } from './listeners.ts';
import { transferMachineErrors } from './transfer-errors.ts';

transferMachineErrors();

/** What a page passes to `startWorkerMachine`. */
export interface WorkerMachineOptions extends Omit<EngineOptions, 'busyInputUrl'> {
  /** The site's scope, for example `/course/`: addresses below it are answered by its service worker. */
  scope: string;
  onLoading?: (receivedBytes: number, totalBytes: number) => void;
  onSaving?: (state: SavingState) => void;
  /** The worker's thread is kept by a process; calls go through the service worker meanwhile. */
  onBusy?: (busy: boolean) => void;
  /** The worker has died of an error. Everything that waits has been rejected with it. */
  onCrash?: (error: Error) => void;
}

export interface WorkerMachine {
  /** Resolves when the worker runs and its machine exists; rejects if the engine cannot be loaded. */
  readonly alive: Promise<void>;
  /** Calls may be made at once: they wait for `alive`. */
  readonly machine: Machine;
  /** Writes what has not been saved. See `EngineOptions.save`. */
  save(): Promise<void>;
  /** Ends the worker at once, whatever it is doing. Calls that wait are rejected. */
  terminate(): void;
}

/**
 * Starts the engine in a worker of its own. A worker that cannot be started rejects `alive`; one that dies later
 * calls `onCrash`.
 */
export function startWorkerMachine(options: WorkerMachineOptions): WorkerMachine {
  const { scope, onLoading, onSaving, onBusy, onCrash, ...engineOptions } = options;
  const busyInputUrl = `${scope}~busy-input/${crypto.randomUUID()}`;
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'redis engine' });
  const engine: Remote<Engine> = wrap<Engine>(worker);
  const listeners = new Listeners();
  const started = Promise.withResolvers<void>();

  const channel = new CallChannel({
    post: (call) => engine.perform(call),
    leave: (calls) => leaveWithServiceWorker(busyInputUrl, calls),
    busyChanged: (busy) => onBusy?.(busy),
  });

  const page: Page = {
    loading: (receivedBytes, totalBytes) => onLoading?.(receivedBytes, totalBytes),
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
  const pageProxy = proxy(page);

  const end = (error: Error): void => {
    channel.close(error);
    started.reject(error);
    listeners.clear();
    engine[releaseProxy]();
    worker.terminate();
  };
  const crash = (found: string): void => {
    const error = new MachineError('ECRASH', `the engine has stopped: ${found}. Restart it; what was saved is kept.`);
    end(error);
    onCrash?.(error);
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    crash(event.message || 'its file could not be loaded');
  });
  worker.addEventListener('messageerror', () => crash('a message could not be read'));

  engine.start({ ...engineOptions, busyInputUrl }, pageProxy).then(started.resolve, started.reject);
  // Whoever awaits `alive` or a call is told; a page that does neither has nobody to tell.
  started.promise.catch(() => undefined);

  const call = async (method: CallName, args: readonly unknown[]): Promise<unknown> => {
    await started.promise;
    return channel.call(method, listeners.replaceIn(args));
  };

  return {
    alive: started.promise,
    machine: machineOf(call),
    save: async () => {
      await started.promise;
      await engine.save();
    },
    terminate: () => end(new MachineError('ENDED', 'the machine has been reset')),
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

function leaveWithServiceWorker(url: string, calls: readonly Call[]): void {
  const last = calls.at(-1)?.sequence ?? 0;
  navigator.serviceWorker?.controller?.postMessage({ type: 'busy-input', url, last, text: writeCalls(calls) });
}
