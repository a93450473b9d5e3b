import { isOneServer, startOneServer } from '../../wasm-redis/lab/start-one-server.ts';
import { LESSON_MACHINE, topologyOf } from '../transcript/lesson-machine.ts';
import type { MachineDescription } from '../transcript/machine-description.ts';
import type { PageMachineSetup } from './page-machine.ts';

/** What the page's frontmatter says of its machine, left in a meta element by `Head.astro`; a single server if nothing. */
export function pageMachineDescription(): MachineDescription {
  const content = document.querySelector<HTMLMetaElement>('meta[name="redis-machine"]')?.content;
  // It was read when the page was built, so it has the form.
  return content === undefined
    ? { topology: 'single', server: [], clients: {} }
    : (JSON.parse(content) as MachineDescription);
}

/**
 * A machine for a description, by default that of the frontmatter. Random numbers and clock are those of the lesson's test,
 * so that the page gives the printed replies; the clock stands still until someone opens a terminal and sets its rate to 1.
 */
export function lessonSetup(description = pageMachineDescription()): PageMachineSetup {
  const topology = topologyOf(description);
  return {
    ...LESSON_MACHINE,
    topology,
    boot: ({ machine, startTopology }, onProgress) =>
      isOneServer(topology) ? startOneServer(machine, topology, { onProgress }) : startTopology(topology, onProgress),
  };
}
