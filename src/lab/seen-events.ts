import type { FaultsInForce } from '../../wasm-redis/machine.ts';
import type { ClusterMember, LabView, NodeView } from './lab-view.ts';
import type { NodeEvent } from './node-event.ts';
import { slotWords } from './slot-words.ts';

type Seen = Pick<NodeEvent, 'group' | 'label' | 'text'>;

/**
 * What no log says and two looks show: a node that answers no more or again, slots that have come, gone or are on their
 * way, and what has been made to go wrong. Each has the time of the later look, so it is late by up to the pause between.
 */
export function eventsBetween(before: LabView, after: LabView): NodeEvent[] {
  const nodes = after.nodes.flatMap((node) => {
    const last = before.nodes.find(({ name }) => name === node.name);
    if (!last) return [];
    return [...reachabilityBetween(last, node), ...slotsBetween(myself(last), myself(node))].map((seen): NodeEvent => ({
      node: node.name,
      atMs: after.nowMs,
      ...seen,
    }));
  });
  return [...faultsBetween(before.faults, after.faults, after.nowMs), ...nodes];
}

function reachabilityBetween(last: NodeView, node: NodeView): Seen[] {
  if (last.reachability === node.reachability || last.reachability === 'unasked') return [];
  switch (node.reachability) {
    case 'refuses':
      return [{ group: 'process', label: 'gone', text: 'refuses connections: its process is gone' }];
    case 'silent':
      return [{ group: 'process', label: 'silent', text: 'no longer answers: it is stopped, busy or cut off' }];
    case 'answers':
      return [{ group: 'process', label: 'answers', text: 'it was silent or gone before' }];
    case 'unasked':
      return [];
  }
}

function myself({ server }: NodeView): ClusterMember | undefined {
  return server?.cluster?.members.find(({ isMyself }) => isMyself);
}

function slotsBetween(last: ClusterMember | undefined, node: ClusterMember | undefined): Seen[] {
  if (!last || !node) return [];
  const seen: Seen[] = [];
  const say = (label: string, text: string): void => void seen.push({ group: 'slots', label, text });
  for (const { slot, toId } of node.migrating) {
    if (!last.migrating.some((other) => other.slot === slot)) say('migrating', `slot ${slot} is moving to ${toId}`);
  }
  for (const { slot, fromId } of node.importing) {
    if (!last.importing.some((other) => other.slot === slot)) say('importing', `takes slot ${slot} from ${fromId}`);
  }
  const [had, has] = [slotWords(last.slots), slotWords(node.slots)];
  if (had !== has) say('slots', `says that its slots are ${has}, no longer ${had}`);
  return seen;
}

function faultsBetween(last: FaultsInForce, now: FaultsInForce, atMs: number): NodeEvent[] {
  const cuts = ({ links }: FaultsInForce): Set<string> =>
    new Set(links.filter(({ cut }) => cut).map(({ from, to }) => `${from} to ${to}`));
  const [before, after] = [cuts(last), cuts(now)];
  const added = [...after].filter((link) => !before.has(link));
  const gone = [...before].filter((link) => !after.has(link));
  const say = (label: string, links: readonly string[]): NodeEvent[] =>
    links.length === 0 ? [] : [{ node: ON_PURPOSE, atMs, group: 'fault', label, text: `${label} ${links.join(', ')}` }];
  return [...say('cut', added), ...say('healed', gone)];
}

/** Stands for a node's name where something was done to the network on purpose. */
export const ON_PURPOSE = 'on purpose';
