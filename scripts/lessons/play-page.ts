import type { Machine } from '../../wasm-redis/machine.ts';
import { attemptExercise, type Trial } from '../../src/exercise/attempt.ts';
import { playAlone } from '../../src/exercise/play-alone.ts';
import { Player, type PlayedStep } from '../../src/transcript/play.ts';
import { startLessonMachine } from '../../src/transcript/lesson-machine.ts';
import type { Page } from './page.ts';

/** What happens while a page is played, in this order; `fence` counts from 0. */
export type PlayEvent =
  | { type: 'fence'; fence: number }
  | { type: 'step'; fence: number; played: PlayedStep }
  /** An attempt at the exercise in this fence, and whether it was judged as it must be. */
  | { type: 'trial'; fence: number; trial: Trial }
  | { type: 'machine-failed'; message: string }
  | { type: 'done' };

/**
 * Plays all fences of a page on one fresh machine, and stops there after a step that failed; then each exercise and each
 * question on machines of their own. The page must have no problems.
 */
export async function playPage(
  page: Page,
  createMachine: () => Promise<Machine>,
  tell: (event: PlayEvent) => void,
): Promise<void> {
  const fresh = async (play: (machine: Machine) => Promise<void>) => {
    const machine = await createMachine();
    try {
      await startLessonMachine(machine, page.machine);
      await play(machine);
    } finally {
      await machine.dispose();
    }
  };
  try {
    const fences = [...page.fences.entries()];
    const isAlone = ({ exercise, alone }: Page['fences'][number]) => exercise !== undefined || alone === true;
    const together = fences.filter(([, fence]) => !isAlone(fence));
    if (together.length > 0)
      await fresh(async (machine) => {
        const player = new Player(machine, page.machine.clients);
        for (const [fence, { transcript }] of together) {
          tell({ type: 'fence', fence });
          const played = await player.play(transcript, (played) => tell({ type: 'step', fence, played }));
          if (played.at(-1)?.outcome === 'failed') break;
        }
      });
    for (const [fence, { transcript, exercise, alone }] of fences) {
      const onStep = (played: PlayedStep) => tell({ type: 'step', fence, played });
      if (alone) {
        tell({ type: 'fence', fence });
        await fresh(async (machine) => void (await playAlone(machine, page.machine, transcript, onStep)));
      }
      if (!exercise) continue;
      tell({ type: 'fence', fence });
      for (const attempt of attemptExercise(exercise, page.machine.clients))
        await fresh(async (machine) => tell({ type: 'trial', fence, trial: await attempt(machine, onStep) }));
    }
  } catch (error) {
    tell({
      type: 'machine-failed',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
  tell({ type: 'done' });
}
