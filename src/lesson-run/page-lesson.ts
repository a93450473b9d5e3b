import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { pageMachineDescription } from '../machine/lesson-setup.ts';
import { pageLab, watchPageLab } from '../lab/page-lab.ts';
import { resetPageMachine, watchPageMachine } from '../machine/page-machine.ts';
import { parseTranscript } from '../transcript/parse.ts';
import { BlockView } from './block-view.ts';
import { LessonSession } from './lesson-session.ts';

/** After so much real time without a reply the reader is offered a way out. */
const SLOW_MS = 5_000;
/** Out of the browser's storage the engine comes sooner. A bar that flashes says nothing, and its frames take time from the engine. */
const LOADING_SHOWN_AFTER_MS = 200;

const figures = [...document.querySelectorAll<HTMLElement>('figure[data-redis-transcript]')];
const views = figures.map((figure) => new BlockView(figure, { reset: () => void reset() }));
const session = new LessonSession(
  figures.map((figure) => parseTranscript(figure.dataset['redisTranscript'] ?? '')),
  pageLab,
  pageMachineDescription().clients,
);
/** Ends when the machine is replaced, here or by a terminal; what belongs to the old one then says no more. */
let life = new AbortController();
let wasReady = false;

watchPageMachine((state) => {
  if (state.kind === 'ready') wasReady = true;
  // One that is put back to its beginning is not loaded anew.
  if ((state.kind === 'loading' || state.kind === 'booting') && wasReady) forget();
});

let lab: Lab | undefined;
watchPageLab((now) => {
  // The same one again: it has been put back to another time.
  if (now && now === lab) session.rewound();
  lab = now;
});

/** Runs the fence whose Run button this is, after those before it that have not run. Pressed while it runs: nothing. */
export async function runBlock(button: HTMLButtonElement): Promise<void> {
  const block = views.findIndex((view) => view.figure.contains(button));
  const view = views[block];
  if (!view || view.isBusy) return;
  view.showBusy();
  const { signal } = life;
  let stopWatching = (): void => undefined;
  const watch = setTimeout(() => {
    stopWatching = watchPageMachine((state) => {
      if (state.kind === 'loading') view.showLoading(state.receivedBytes, state.totalBytes);
      else view.showLoaded();
    });
  }, LOADING_SHOWN_AFTER_MS);
  let slow = setTimeout(() => view.showSlow(), SLOW_MS);
  const stop = () => {
    clearTimeout(slow);
    clearTimeout(watch);
    stopWatching();
  };
  signal.addEventListener('abort', stop);
  try {
    await session.run(block, {
      began: (index) => {
        if (signal.aborted) return;
        views[index]?.showBusy();
        views[index]?.showBegun();
      },
      played: (index, step) => {
        if (signal.aborted) return;
        views[index]?.showStep(step);
        clearTimeout(slow);
        slow = setTimeout(() => view.showSlow(), SLOW_MS);
      },
      ended: (index, steps) => {
        if (!signal.aborted) views[index]?.showEnded(steps);
      },
    });
    // An earlier fence that failed has ended the run before this one.
    if (view.isBusy && !signal.aborted)
      view.showFailure('An earlier example has not finished, so this one was not run.');
  } catch (error) {
    if (!signal.aborted) showFailure(error);
  } finally {
    stop();
  }
}

function showFailure(error: unknown): void {
  const found = error instanceof Error ? error.message : String(error);
  const message = found.endsWith('.') ? found : `${found}.`;
  for (const view of views.filter(({ isBusy }) => isBusy)) {
    view.showFailure(`The machine has failed: ${message} The replies printed in the lesson still hold.`);
  }
}

/** Whoever presses Run after a reset that failed asks for a machine again, and is told why there is none. */
async function reset(): Promise<void> {
  forget();
  await resetPageMachine().catch(() => undefined);
}

function forget(): void {
  life.abort();
  life = new AbortController();
  wasReady = false;
  session.reset();
  for (const view of views) view.clear();
}
