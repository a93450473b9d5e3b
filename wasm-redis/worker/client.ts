import { MachineError } from '../machine.ts';
import { type Call } from './boundary.ts';
import { writeCalls } from './call-text.ts';
import { fetchModule, moduleBytes } from './fetch-module.ts';
import { ModuleShelf } from './module-shelf.ts';
import { connectMachine, type RemoteMachine, type RemoteMachineOptions } from './remote-machine.ts';

/** What a page passes to `startWorkerMachine`. */
export interface WorkerMachineOptions extends Omit<RemoteMachineOptions, 'loadModule' | 'busyInputUrl' | 'leave'> {
  /** The site's scope, for example `/course/`: addresses below it are answered by its service worker. */
  scope: string;
  /** A part of a module has arrived. `totalBytes` counts the modules asked for so far, unpacked. */
  onLoading?: (receivedBytes: number, totalBytes: number) => void;
  /** The worker has died of an error. Everything that waits has been rejected with it. */
  onCrash?: (error: Error) => void;
}

export interface WorkerMachine extends Omit<RemoteMachine, 'end'> {
  /** Ends the worker at once, whatever it is doing. Calls that wait are rejected. */
  terminate(): void;
}

/** Of this page's workers, one after the other. */
const modules = new ModuleShelf({ fetch: fetchModule, sizeBytes: moduleBytes });

/**
 * Starts the engine in a worker of its own. A worker that cannot be started rejects `alive`, and calls `onCrash` as one
 * does that dies later.
 */
export function startWorkerMachine({ scope, onLoading, onCrash, ...options }: WorkerMachineOptions): WorkerMachine {
  const busyInputUrl = `${scope}~busy-input/${crypto.randomUUID()}`;
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'redis engine' });
  const remote = connectMachine(worker, {
    ...options,
    loadModule: (file) => modules.load(file, onLoading),
    busyInputUrl,
    leave: (calls) => leaveWithServiceWorker(busyInputUrl, calls),
  });
  const terminate = (reason: Error): void => {
    remote.end(reason);
    worker.terminate();
  };
  const crash = (found: string): void => {
    const error = new MachineError(
      'ECRASH',
      `the engine has stopped: ${found.replace(/\.$/, '')}. Restart it; saved data is not lost.`,
    );
    terminate(error);
    onCrash?.(error);
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    crash(event.message || 'its file could not be loaded');
  });
  worker.addEventListener('messageerror', () => crash('a message could not be read'));
  return { ...remote, terminate: () => terminate(new MachineError('ENDED', 'the machine has been reset')) };
}

function leaveWithServiceWorker(url: string, calls: readonly Call[]): void {
  const last = calls.at(-1)?.sequence ?? 0;
  navigator.serviceWorker?.controller?.postMessage({ type: 'busy-input', url, last, text: writeCalls(calls) });
}
