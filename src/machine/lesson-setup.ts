import { isOneServer, startOneServer } from '../../wasm-redis/lab/start-one-server.ts';
import { single } from '../../wasm-redis/lab/one-server.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import { LESSON_MACHINE } from '../transcript/lesson-machine.ts';
import type { MachineDescription } from '../transcript/machine-description.ts';
import type { PageMachineSetup } from './page-machine.ts';

/** A page's machine with its nodes: the names of presets have been looked up when the page was built. */
export interface PageMachineDescription extends Pick<MachineDescription, 'clients'> {
  topology: Topology;
}

/** What the page's frontmatter says of its machine, left in a meta element by `Head.astro`; a single server if nothing. */
export function pageMachineDescription(): PageMachineDescription {
  const content = document.querySelector<HTMLMetaElement>('meta[name="redis-machine"]')?.content;
  // It was read when the page was built, so it has the form.
  return content === undefined ? { topology: single(), clients: {} } : (JSON.parse(content) as PageMachineDescription);
}

/**
 * A machine for a topology, by default that of the frontmatter. Random numbers and clock are those of the lesson's test,
 * so that the page gives the printed replies; the clock stands still until someone opens a terminal and sets its rate to 1.
 */
export function lessonSetup({ topology } = pageMachineDescription()): PageMachineSetup {
  return {
    ...LESSON_MACHINE,
    topology,
    boot: ({ machine, startTopology }, onProgress) =>
      isOneServer(topology) ? startOneServer(machine, topology, { onProgress }) : startTopology(topology, onProgress),
  };
}
