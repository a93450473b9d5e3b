import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Finding, type FuzzResult } from './target.ts';

/** A run of one target in a thread of its own. */
export interface WatchedRun {
  /** The module whose `TARGETS` has the target; default is `targets.ts`. */
  module?: URL;
  target: string;
  firstSeed: number;
  /** Asked before each execution, with how many there were. */
  more: (executions: number) => boolean;
  /** Real milliseconds that one input may take. */
  limitMs: number;
  /** Called at once, because a run may be long. */
  onFinding?: (finding: Finding) => void;
}

/** What the thread says after an execution. */
export interface Executed {
  account?: string;
}

/**
 * As `fuzz`, but an input that never comes back, or that takes the whole thread with it, is a finding as well: the thread is
 * ended, and the next seed has a new one.
 */
export async function fuzzWatched(run: WatchedRun): Promise<FuzzResult> {
  const { module, target, firstSeed, more, limitMs } = run;
  const findings: Finding[] = [];
  const workerData = { module: (module ?? new URL('targets.ts', import.meta.url)).href, target };
  let thread: Worker | undefined;
  let executions = 0;
  for (let seed = firstSeed; more(executions); seed++) {
    thread ??= await startThread(workerData);
    const outcome = await execute(thread, seed, limitMs);
    executions++;
    if (outcome.account !== undefined) {
      const finding = { seed, account: outcome.account };
      findings.push(finding);
      run.onFinding?.(finding);
    }
    if (!outcome.lost) continue;
    await thread.terminate();
    thread = undefined;
  }
  await thread?.terminate();
  return { executions, findings };
}

/** Resolves when the thread has its target, so that what it takes to start is not counted as an input's time. */
async function startThread(workerData: { module: string; target: string }): Promise<Worker> {
  const thread = new Worker(new URL('fuzz-thread.ts', import.meta.url), { workerData });
  await once(thread, 'message');
  return thread;
}

/** `lost`: the thread cannot go on. */
function execute(thread: Worker, seed: number, limitMs: number): Promise<Executed & { lost?: boolean }> {
  return new Promise((resolve) => {
    const settle = (outcome: Executed & { lost?: boolean }): void => {
      clearTimeout(timer);
      thread.off('message', settle).off('error', failed).off('exit', ended);
      resolve(outcome);
    };
    const failed = (error: unknown): void => {
      settle({ account: error instanceof Error ? (error.stack ?? error.message) : String(error), lost: true });
    };
    const ended = (code: number): void => settle({ account: `The thread has ended with ${code}.`, lost: true });
    const timer = setTimeout(() => {
      settle({ account: `It has not come back within ${limitMs / 1000} s.`, lost: true });
    }, limitMs);
    thread.on('message', settle).on('error', failed).on('exit', ended);
    thread.postMessage(seed);
  });
}
