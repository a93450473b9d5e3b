import { pageMachineDescription } from '../machine/lesson-setup.ts';
import { pageMachine, resetPageMachine, watchPageMachine } from '../machine/page-machine.ts';
import { parseTranscript } from '../transcript/parse.ts';
import { BlockView } from './block-view.ts';
import { LessonSession } from './lesson-session.ts';

/** After so much real time without a reply the reader is offered a way out. */
const SLOW_MS = 5_000;

const figures = [...document.querySelectorAll<HTMLElement>('figure[data-redis-transcript]')];
const views = figures.map((figure) => new BlockView(figure, { reset: () => void reset() }));
const session = new LessonSession(
  figures.map((figure) => parseTranscript(figure.dataset['redisTranscript'] ?? '')),
  pageMachine,
  pageMachineDescription().clients,
);

/** Runs the fence whose Run button this is, after those before it that have not run. Pressed while it runs: nothing. */
export async function runBlock(button: HTMLButtonElement): Promise<void> {
  const block = views.findIndex((view) => view.figure.contains(button));
  const view = views[block];
  if (!view || view.isBusy) return;
  view.showBusy();
  const stopWatching = watchPageMachine((state) => {
    if (state.kind === 'loading') view.showLoading(state.receivedBytes, state.totalBytes);
    else view.showLoaded();
  });
  let slow = setTimeout(() => view.showSlow(), SLOW_MS);
  try {
    await session.run(block, {
      began: (index) => {
        views[index]?.showBusy();
        views[index]?.showBegun();
      },
      played: (index, step) => {
        views[index]?.showStep(step);
        clearTimeout(slow);
        slow = setTimeout(() => view.showSlow(), SLOW_MS);
      },
      ended: (index, steps) => views[index]?.showEnded(steps),
    });
    // An earlier fence that failed has ended the run before this one.
    if (view.isBusy) view.showFailure('An earlier example did not end, so this one was not run.');
  } catch (error) {
    for (const busy of views.filter((view) => view.isBusy)) {
      busy.showFailure(
        `The machine has failed: ${error instanceof Error ? error.message : String(error)} The printed replies still hold.`,
      );
    }
  } finally {
    clearTimeout(slow);
    stopWatching();
  }
}

async function reset(): Promise<void> {
  session.reset();
  for (const view of views) view.clear();
  try {
    await resetPageMachine();
  } catch {
    // Whoever presses Run next asks for a machine and is told why there is none.
    return;
  }
}
