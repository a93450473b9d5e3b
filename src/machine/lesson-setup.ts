import { readMachineDescription } from '../transcript/machine-description.ts';
import { LESSON_MACHINE, startPreset } from '../transcript/presets.ts';
import type { PageMachineSetup } from './page-machine.ts';

/**
 * What the page's frontmatter asks for, which `Head.astro` leaves in a meta element; a single server if it says
 * nothing. The random numbers are those of the lesson's test, so that the page gives the printed replies.
 */
export function lessonSetup(): PageMachineSetup {
  const content = document.querySelector<HTMLMetaElement>('meta[name="redis-machine"]')?.content;
  const { preset, server } = readMachineDescription(content === undefined ? undefined : JSON.parse(content));
  return {
    seed: LESSON_MACHINE.seed,
    boot: (machine) => startPreset(machine, preset, server),
  };
}
