import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { attemptExercise, type Trial } from '../../src/exercise/attempt.ts';
import { playAlone } from '../../src/exercise/play-alone.ts';
import { Player, type PlayedStep } from '../../src/transcript/play.ts';
import type { Page } from './page.ts';
import type { PreparedLabs } from './prepared-labs.ts';

/** What happens while a page is played, in this order; `fence` counts from 0. */
export type PlayEvent =
  | { type: 'fence'; fence: number }
  | { type: 'step'; fence: number; played: PlayedStep }
  /** An attempt at the exercise in this fence, and whether it was judged as it must be. */
  | { type: 'trial'; fence: number; trial: Trial }
  | { type: 'machine-failed'; message: string }
  | { type: 'done' };

/**
 * Plays all fences of a page on one fresh lab, and stops there after a step that failed; then each exercise and each
 * question on labs of their own. The page must have no problems.
 */
export async function playPage(
  page: Page,
  labs: Pick<PreparedLabs, 'enter' | 'discard'>,
  tell: (event: PlayEvent) => void,
): Promise<void> {
  const fresh = async (play: (lab: Lab) => Promise<void>) => play(await labs.enter(page.machine));
  try {
    const fences = [...page.fences.entries()];
    const isAlone = ({ exercise, alone }: Page['fences'][number]) => exercise !== undefined || alone === true;
    const together = fences.filter(([, fence]) => !isAlone(fence));
    if (together.length > 0)
      await fresh(async (lab) => {
        const player = new Player(lab, page.machine.clients);
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
        await fresh(async (lab) => void (await playAlone(lab, page.machine, transcript, onStep)));
      }
      if (!exercise) continue;
      tell({ type: 'fence', fence });
      for (const attempt of attemptExercise(exercise, page.machine.clients))
        await fresh(async (lab) => tell({ type: 'trial', fence, trial: await attempt(lab, onStep) }));
    }
  } catch (error) {
    await labs.discard();
    tell({
      type: 'machine-failed',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
  tell({ type: 'done' });
}
