import type { LabView } from './lab-view.ts';
import { addressOf } from './node-address.ts';

/** Long enough to tell the nodes of a lab apart. */
const SHORT_ID = 8;
const MENTION = /\b[0-9a-f]{40}\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g;

/** Gives nodes the names that the lab has for them, wherever others call them by address or id. */
export interface NodeNames {
  /** The name of a node by its address, host, cluster id or Sentinel id; undefined for a stranger. */
  nameOf: (mention: string) => string | undefined;
  /** A text with each address and id replaced by the node's name; an unknown id is shortened. */
  nameAll: (text: string) => string;
}

/** The names as this view knows them: ids come from what the nodes say of themselves and of each other. */
export function nodeNames({ nodes }: LabView): NodeNames {
  const names = new Map<string, string>();
  const hosts = new Map<string, number>();
  for (const node of nodes) {
    const address = addressOf(node);
    names.set(address, node.name);
    const host = address.slice(0, address.lastIndexOf(':'));
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
    // Only where the host is the node's alone does its address mean the node.
    if (hosts.get(host) === 1) names.set(host, node.name);
    else names.delete(host);
  }
  for (const { server, sentinel } of nodes) {
    for (const { id, address } of [
      ...(server?.cluster?.members ?? []),
      ...(sentinel?.primaries ?? []).flatMap(({ sentinels }) => sentinels),
    ]) {
      const name = names.get(address);
      if (name !== undefined) names.set(id, name);
    }
  }
  for (const { name, server, sentinel } of nodes) {
    for (const id of [server?.cluster?.id, sentinel?.id]) if (id !== undefined && id !== '') names.set(id, name);
  }
  const nameOf = (mention: string): string | undefined => names.get(mention);
  return {
    nameOf,
    nameAll: (text) =>
      text.replace(MENTION, (mention) => {
        const known = nameOf(mention);
        if (known !== undefined) return known;
        return /^[0-9a-f]{40}$/.test(mention) ? mention.slice(0, SHORT_ID) : mention;
      }),
  };
}
