import { readMachineDescription, type MachineDescription } from '../transcript/machine-description.ts';
import { LESSON_MACHINE, startPreset } from '../transcript/presets.ts';
import type { PageMachineSetup } from './page-machine.ts';

/** What the page's frontmatter says of its machine, left in a meta element by `Head.astro`; a single server if nothing. */
export function pageMachineDescription(): MachineDescription {
  const content = document.querySelector<HTMLMetaElement>('meta[name="redis-machine"]')?.content;
  return readMachineDescription(content === undefined ? undefined : JSON.parse(content));
}

/**
 * The machine that the frontmatter asks for. Random numbers and clock are those of the lesson's test, so that the page
 * gives the printed replies; the clock stands still until someone opens a terminal and sets its rate to 1.
 */
export function lessonSetup(): PageMachineSetup {
  const { preset, server } = pageMachineDescription();
  return { ...LESSON_MACHINE, boot: (machine) => startPreset(machine, preset, server) };
}
