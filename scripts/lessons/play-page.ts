import type { Machine } from '../../wasm-redis/machine.ts';
import { Player, type PlayedStep } from '../../src/transcript/play.ts';
import { startPreset } from '../../src/transcript/presets.ts';
import type { Page } from './page.ts';

/** What happens while a page is played, in this order; `fence` counts from 0. */
export type PlayEvent =
  | { type: 'fence'; fence: number }
  | { type: 'step'; fence: number; played: PlayedStep }
  | { type: 'machine-failed'; message: string }
  | { type: 'done' };

/** Plays all fences of a page on one fresh machine; stops after a step that failed. The page must have no problems. */
export async function playPage(
  page: Page,
  createMachine: () => Promise<Machine>,
  tell: (event: PlayEvent) => void,
): Promise<void> {
  const machine = await createMachine();
  try {
    await startPreset(machine, page.machine.preset, page.machine.server);
    const player = new Player(machine, page.machine.clients);
    for (const [fence, { transcript }] of page.fences.entries()) {
      tell({ type: 'fence', fence });
      const played = await player.play(transcript, (played) => tell({ type: 'step', fence, played }));
      if (played.at(-1)?.outcome === 'failed') break;
    }
  } catch (error) {
    tell({
      type: 'machine-failed',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  } finally {
    await machine.dispose();
  }
  tell({ type: 'done' });
}
