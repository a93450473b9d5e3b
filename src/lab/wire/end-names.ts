import type { HostAddress, SegmentEnd } from '../../../wasm-redis/machine.ts';
import { addressOf } from '../node-address.ts';

/** A node as far as its name goes. */
export interface NamedNode {
  name: string;
  host: HostAddress;
  port: number;
}

/** What one end of a connection is called: a node by its name, a program of a terminal, or the page itself. */
export class EndNames {
  readonly #byAddress = new Map<string, string>();
  readonly #byHost = new Map<HostAddress, string[]>();

  constructor(nodes: readonly NamedNode[]) {
    for (const node of nodes) {
      const address = addressOf(node);
      this.#byAddress.set(address, node.name);
      const host = address.slice(0, address.lastIndexOf(':'));
      this.#byHost.set(host, [...(this.#byHost.get(host) ?? []), node.name]);
    }
  }

  /** A host with one node is that node, also where the node is the one that asked; the machine's own is never. */
  nameOf({ host, port, outside }: SegmentEnd): string {
    if (outside) return 'page';
    const known = this.#byAddress.get(`${host}:${port}`);
    if (known !== undefined) return known;
    const names = this.#byHost.get(host) ?? [];
    if (host === OWN_HOST) return 'client';
    return names.length === 1 ? names[0]! : host;
  }

  /** The node that is alone on a host; undefined where there is none, or more. */
  nameOfHost(host: HostAddress): string | undefined {
    const names = this.#byHost.get(host) ?? [];
    return names.length === 1 ? names[0] : undefined;
  }
}

/** On which programs of terminals run. */
const OWN_HOST = '10.0.0.254';
