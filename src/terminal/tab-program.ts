import { OWN_HOST } from '../../wasm-redis/lab/one-server.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import type { ProgramName } from '../../wasm-redis/machine.ts';
import { addressOptions } from '../transcript/client-options.ts';

/** What a terminal begins with. */
export interface TabProgram {
  /** Of its tab. */
  name: string;
  /** Without it the terminal is a shell. */
  argv?: readonly [ProgramName, ...string[]];
  /** The node that it talks to, if it is one that talks to a node. */
  node?: string;
}

export const SHELL_TAB: TabProgram = { name: 'shell' };

/**
 * A redis-cli for each node of a topology, by its name; the prompt then shows the node's address. Of a single server, which
 * redis-cli finds without options, the tab is called after the program.
 */
export function tabPrograms({ nodes }: Topology): TabProgram[] {
  const [only] = nodes;
  if (only?.host === OWN_HOST && nodes.length === 1)
    return [{ name: 'redis-cli', argv: ['redis-cli'], node: only.name }];
  return nodes.map((node) => ({ name: node.name, argv: ['redis-cli', ...addressOptions(node)], node: node.name }));
}
