import type { LabView, NodeView, ServerView } from '../lab-view.ts';
import type { NodeNames } from '../name-nodes.ts';
import { addressOf } from '../node-address.ts';
import { countSlots, slotWords } from '../slot-words.ts';

/** A node as the picture and the table show it; all of it in words. */
export interface NodeCard {
  name: string;
  kind: 'primary' | 'replica' | 'sentinel' | 'unknown';
  address: string;
  /** `primary`, `replica of redis-1`, `sentinel`. */
  role: string;
  /** Whether it answers; what else stands here is of its last answer if not. */
  status: 'ok' | 'locked' | 'gone' | 'silent' | 'unknown';
  statusText: string;
  /** The link to its primary, by its own word; undefined if it has none. */
  link?: { up: boolean; text: string };
  offset: string;
  memory: string;
  keys: string;
  epoch: string;
  slots: string;
  /** What others say of it that is not well: `FAIL, say redis-2, redis-3`. */
  accusations: readonly string[];
}

/** The cards of a view, in the order of its nodes. */
export function nodeCards(view: LabView, names: NodeNames): NodeCard[] {
  return view.nodes.map((node) => nodeCard(view, node, names));
}

function nodeCard(view: LabView, node: NodeView, names: NodeNames): NodeCard {
  const { server, sentinel } = node;
  const link = server && linkOf(server, names);
  const cluster = server?.cluster;
  const own = cluster?.members.find(({ isMyself }) => isMyself);
  const primaryName = server?.primary && (names.nameOf(server.primary.address) ?? server.primary.address);
  return {
    name: node.name,
    kind: sentinel ? 'sentinel' : (server?.role ?? (node.kind === 'sentinel' ? 'sentinel' : 'unknown')),
    address: addressOf(node),
    role:
      node.kind === 'sentinel'
        ? 'sentinel'
        : primaryName === undefined
          ? (server?.role ?? '')
          : `replica of ${primaryName}`,
    ...statusOf(node, view.nowMs),
    ...(link ? { link } : {}),
    offset: server ? offsetWords(view, server) : '',
    memory: server ? bytesWords(server.memoryBytes) : '',
    keys: server ? String(server.keys) : '',
    epoch: cluster ? `${cluster.configEpoch} of ${cluster.currentEpoch}` : epochOfSentinel(node),
    slots: own && own.slots.length > 0 ? `${slotWords(own.slots)} (${countSlots(own.slots)})` : '',
    accusations: accusationsOf(view, node, names),
  };
}

function statusOf(node: NodeView, nowMs: number): Pick<NodeCard, 'status' | 'statusText'> {
  const { reachability, complaint, answeredMs } = node;
  const last = answeredMs === undefined ? '' : `, last answer ${seconds(nowMs - answeredMs)} ago`;
  switch (reachability) {
    case 'answers':
      return complaint === undefined
        ? { status: 'ok', statusText: 'answers' }
        : { status: 'locked', statusText: `answers only: ${complaint}` };
    case 'refuses':
      return { status: 'gone', statusText: `refuses connections${last}` };
    case 'silent':
      return { status: 'silent', statusText: `no answer${last}` };
    case 'unasked':
      return { status: 'unknown', statusText: 'not asked yet' };
  }
}

function linkOf({ primary }: ServerView, names: NodeNames): NodeCard['link'] {
  if (!primary) return undefined;
  const name = names.nameOf(primary.address) ?? primary.address;
  if (primary.link === 'up') return { up: true, text: `link to ${name} up` };
  const since = primary.downSeconds === undefined ? '' : ` for ${primary.downSeconds} s`;
  return { up: false, text: `link to ${name} down${since}` };
}

/** The replication offset, and how far it is from the primary's where both are of the same history. */
function offsetWords(view: LabView, server: ServerView): string {
  const primary = view.nodes.find((node) => addressOf(node) === server.primary?.address);
  const ahead = primary?.reachability === 'answers' ? primary.server : undefined;
  if (!ahead || ahead.replicationId !== server.replicationId) return String(server.offset);
  const behind = ahead.offset - server.offset;
  return behind > 0 ? `${server.offset}, ${behind} behind` : `${server.offset}, level`;
}

function epochOfSentinel({ sentinel }: NodeView): string {
  return (sentinel?.primaries ?? []).map(({ configEpoch }) => String(configEpoch)).join(', ');
}

/** Whom the others have given up, or nearly: flags of CLUSTER NODES and of Sentinels. */
function accusationsOf(view: LabView, accused: NodeView, names: NodeNames): string[] {
  const address = addressOf(accused);
  const speakers = new Map<string, string[]>();
  const note = (word: string, speaker: string): void =>
    void speakers.set(word, [...(speakers.get(word) ?? []), names.nameOf(speaker) ?? speaker]);
  for (const { name, reachability, server, sentinel } of view.nodes) {
    if (reachability !== 'answers' || name === accused.name) continue;
    for (const member of server?.cluster?.members ?? []) {
      if (member.address !== address) continue;
      if (member.health === 'failed') note('FAIL', name);
      if (member.health === 'suspected') note('PFAIL', name);
    }
    for (const primary of sentinel?.primaries ?? []) {
      for (const other of [primary, ...primary.replicas, ...primary.sentinels]) {
        if (other.address !== address) continue;
        if (other.flags.includes('o_down')) note('objectively down', name);
        else if (other.flags.includes('s_down')) note('down', name);
      }
    }
  }
  return [...speakers].map(([word, said]) => `${word}, says ${said.join(', ')}`);
}

/** `1.1 MB`; MB are 1,000,000 bytes. */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function seconds(ms: number): string {
  return `${Math.max(0, ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
