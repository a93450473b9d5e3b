import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Trial } from '../../src/exercise/attempt.ts';
import type { PlayedStep } from '../../src/transcript/play.ts';
import type { Page } from './page.ts';
import type { PlayEvent } from './play-page.ts';

export interface PlayPagesOptions {
  /** Module that exports `createMachine`. Default: the engine. */
  machineModule?: URL;
  /** Real time that one step may take; then its thread is ended. Milliseconds, default 20 000. */
  stepLimitMs?: number;
}

/** What was played of a page: for each fence its steps, `undefined` if it was not reached. */
export interface PlayedPage {
  page: Page;
  fences: readonly (readonly PlayedStep[] | undefined)[];
  /** Attempts at exercises, each with its fence. */
  trials: readonly { fence: number; trial: Trial }[];
  /** Why it ended early, when not by a step that failed. `fence` counts from 0. */
  stopped?: { fence: number; message: string };
}

/**
 * Plays the pages in threads of their own, as many at a time as there are processors. A thread that is stuck, as an
 * endless loop in a script makes it, is ended from outside: that is the hard limit, in real time. Pages with problems
 * must be left out.
 */
export async function playPages(pages: readonly Page[], options: PlayPagesOptions = {}): Promise<PlayedPage[]> {
  const played = new Map<Page, PlayedPage>();
  const queue = [...pages];
  const lane = async () => {
    let worker: Worker | undefined;
    for (let page = queue.shift(); page; page = queue.shift()) {
      worker ??= startWorker(options);
      const result = await playInWorker(worker, page, options.stepLimitMs ?? 20_000);
      played.set(page, result);
      if (result.stopped) {
        await worker.terminate();
        worker = undefined;
      }
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), pages.length) }, lane));
  return pages.map((page) => {
    const result = played.get(page);
    if (!result) throw new Error(`${page.path} was not played`);
    return result;
  });
}

function startWorker({ machineModule = new URL('./engine-machine.ts', import.meta.url) }: PlayPagesOptions): Worker {
  return new Worker(new URL('./page-worker.ts', import.meta.url), {
    workerData: { machineModule: machineModule.href },
  });
}

function playInWorker(worker: Worker, page: Page, stepLimitMs: number): Promise<PlayedPage> {
  const fences: (PlayedStep[] | undefined)[] = page.fences.map(() => undefined);
  const trials: { fence: number; trial: Trial }[] = [];
  let current = 0;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    const end = (message?: string) => {
      clearTimeout(timer);
      worker.off('message', onEvent).off('error', onError);
      resolve({ page, fences, trials, ...(message !== undefined && { stopped: { fence: current, message } }) });
    };
    const restartTimer = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => end(`nothing happened for ${stepLimitMs / 1_000} s of real time, so it was ended`),
        stepLimitMs,
      );
    };
    const onEvent = (event: PlayEvent) => {
      restartTimer();
      if (event.type === 'fence') {
        current = event.fence;
        fences[current] = [];
      } else if (event.type === 'step') fences[event.fence]?.push(event.played);
      else if (event.type === 'trial') trials.push({ fence: event.fence, trial: event.trial });
      else if (event.type === 'machine-failed') end(event.message);
      else end();
    };
    const onError = (error: Error) => end(`${error.name}: ${error.message}`);
    worker.on('message', onEvent).on('error', onError);
    restartTimer();
    worker.postMessage(page);
  });
}
