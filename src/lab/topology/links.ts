import type { LabView } from '../lab-view.ts';
import { addressOf } from '../node-address.ts';

/** A line of the picture, by the names of its ends. */
export interface Link {
  from: string;
  to: string;
  /** The primary sends to a replica; a Sentinel watches. */
  kind: 'replication' | 'watch';
  /** By the word of the one that keeps it up: the replica, the Sentinel. */
  up: boolean;
  /** It has been cut on purpose, in one direction at least. */
  cut: boolean;
}

/** Replication as each replica says it, watching as each Sentinel does. A node that does not answer says it no more. */
export function linksOf(view: LabView): Link[] {
  const byAddress = new Map(view.nodes.map((node) => [addressOf(node), node]));
  const cuts = new Set(view.faults.links.filter(({ cut }) => cut).map(({ from, to }) => `${from} ${to}`));
  const isCut = (one: string, other: string): boolean => {
    const [from, to] = [one, other].map((address) => address.slice(0, address.lastIndexOf(':')));
    return cuts.has(`${from} ${to}`) || cuts.has(`${to} ${from}`);
  };
  return view.nodes.flatMap((node): Link[] => {
    const own = addressOf(node);
    const replicated = node.server?.primary;
    const primary = replicated && byAddress.get(replicated.address);
    const links: Link[] = [];
    if (primary) {
      const up = replicated.link === 'up' && node.reachability === 'answers';
      const cut = isCut(own, replicated.address);
      links.push({ from: primary.name, to: node.name, kind: 'replication', up, cut });
    }
    for (const { address, flags } of node.sentinel?.primaries ?? []) {
      const watched = byAddress.get(address);
      if (!watched) continue;
      const up = node.reachability === 'answers' && !flags.some((flag) => /^(?:[so]_down|disconnected)$/.test(flag));
      links.push({ from: node.name, to: watched.name, kind: 'watch', up, cut: isCut(own, address) });
    }
    return links;
  });
}
