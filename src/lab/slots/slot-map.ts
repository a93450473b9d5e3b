import { SLOTS } from '../../../wasm-redis/lab/topology.ts';
import type { ClusterMember, LabView, SlotRange } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';

/** Slots in a row of which all nodes say the same. Ends included. */
export interface SlotSpan {
  first: number;
  last: number;
  /** Name of the node that most say has them; undefined for nobody. */
  owner: string | undefined;
  /** Whom the others name, and by whose word; empty where all agree. A missing owner is said too: `nobody`. */
  others: readonly { owner: string; saidBy: readonly string[] }[];
}

/** A slot on its way from one node to another, as the one or the other says. */
export interface MovingSlot {
  slot: number;
  from: string;
  to: string;
  /** Which end says so: both, while a slot is moved; only one where a move was left half done. */
  saidBy: 'both' | 'source' | 'target';
}

export interface SlotOwner {
  name: string;
  ranges: readonly SlotRange[];
  count: number;
}

/** The slots of a cluster by owner, of a lab in which at least one node speaks of a cluster. */
export interface SlotMap {
  /** From 0 to 16383 without a gap. */
  spans: readonly SlotSpan[];
  /** In the order of their first slot; primaries without slots last. */
  owners: readonly SlotOwner[];
  moving: readonly MovingSlot[];
  /** The nodes by whose word all this is, and those that did not answer. */
  speakers: readonly string[];
  silent: readonly string[];
}

interface Speaker {
  name: string;
  owners: readonly (SlotClaim & { epoch: number })[];
}

interface SlotClaim {
  first: number;
  last: number;
  owner: string;
}

const NOBODY = 'nobody';

/** What the nodes say of the slots, put together. Undefined where none is, or was when it last answered, part of a cluster. */
export function slotMapOf(view: LabView): SlotMap | undefined {
  const names = nodeNames(view);
  const named = (id: string): string => names.nameOf(id) ?? names.nameAll(id);
  const members = view.nodes.filter(({ server }) => server?.cluster);
  if (members.length === 0) return undefined;
  const answering = members.filter(({ reachability }) => reachability === 'answers');
  // Those that have fallen silent are not asked for their opinion of long ago, unless there is no other.
  const heard = answering.length > 0 ? answering : members;
  const clusters = heard.map(({ name, server }) => ({ name, members: server?.cluster?.members ?? [] }));
  const speakers = clusters.map(({ name, members: known }): Speaker => ({
    name,
    owners: known.flatMap(claimsOf(named)),
  }));
  const spans = spansOf(speakers);
  const withoutSlots = clusters
    .flatMap(({ members: known }) => known)
    .filter(({ role, slots, health }) => role === 'primary' && slots.length === 0 && health === 'ok')
    .map(({ id, address }) => names.nameOf(address) ?? named(id));
  return {
    spans,
    owners: ownersOf(spans, withoutSlots),
    moving: movesOf(clusters, named),
    speakers: heard.map(({ name }) => name),
    silent: members.filter((node) => !heard.includes(node)).map(({ name }) => name),
  };
}

/** The span that a slot is in. */
export function spanAt({ spans }: SlotMap, slot: number): SlotSpan {
  return spans.find(({ last }) => slot <= last)!;
}

function claimsOf(named: (id: string) => string) {
  return ({ id, slots, configEpoch }: ClusterMember): Speaker['owners'] =>
    slots.map(([first, last]) => ({ first, last, owner: named(id), epoch: configEpoch }));
}

function spansOf(speakers: readonly Speaker[]): SlotSpan[] {
  const edges = new Set([0, SLOTS]);
  for (const { owners } of speakers) for (const { first, last } of owners) edges.add(first).add(last + 1);
  const sorted = [...edges].sort((one, other) => one - other);
  const spans: SlotSpan[] = [];
  for (const [at, first] of sorted.slice(0, -1).entries()) {
    const span: SlotSpan = { first, last: sorted[at + 1]! - 1, ...opinionOn(first, speakers) };
    const before = spans.at(-1);
    if (before && sameOpinion(before, span)) before.last = span.last;
    else spans.push(span);
  }
  return spans;
}

/** The owner whom most name, with the higher epoch where as many name two. */
function opinionOn(slot: number, speakers: readonly Speaker[]): Pick<SlotSpan, 'owner' | 'others'> {
  const claims = new Map<string, { saidBy: string[]; epoch: number }>();
  for (const { name, owners } of speakers) {
    const claim = owners.find(({ first, last }) => first <= slot && slot <= last);
    const known = claims.get(claim?.owner ?? NOBODY) ?? { saidBy: [], epoch: -1 };
    known.saidBy.push(name);
    known.epoch = Math.max(known.epoch, claim?.epoch ?? -1);
    claims.set(claim?.owner ?? NOBODY, known);
  }
  const [most, ...others] = [...claims].sort(
    ([, one], [, other]) => other.saidBy.length - one.saidBy.length || other.epoch - one.epoch,
  );
  const owner = most?.[0] === NOBODY ? undefined : most?.[0];
  return { owner, others: others.map(([other, { saidBy }]) => ({ owner: other, saidBy })) };
}

function sameOpinion(one: SlotSpan, other: SlotSpan): boolean {
  return one.owner === other.owner && JSON.stringify(one.others) === JSON.stringify(other.others);
}

function ownersOf(spans: readonly SlotSpan[], withoutSlots: readonly string[]): SlotOwner[] {
  const ranges = new Map<string, [first: number, last: number][]>();
  for (const { first, last, owner } of spans) {
    if (owner === undefined) continue;
    const known = ranges.get(owner) ?? [];
    ranges.set(owner, known);
    const before = known.at(-1);
    if (before && before[1] === first - 1) before[1] = last;
    else known.push([first, last]);
  }
  for (const name of withoutSlots) if (!ranges.has(name)) ranges.set(name, []);
  return [...ranges].map(([name, own]) => ({
    name,
    ranges: own,
    count: own.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  }));
}

/** Only a node itself says which of its slots are on their way. */
function movesOf(
  clusters: readonly { name: string; members: readonly ClusterMember[] }[],
  named: (id: string) => string,
): MovingSlot[] {
  const moves = new Map<string, MovingSlot>();
  const add = (slot: number, from: string, to: string, saidBy: 'source' | 'target'): void => {
    const key = `${slot} ${from} ${to}`;
    const known = moves.get(key);
    moves.set(key, { slot, from, to, saidBy: known && known.saidBy !== saidBy ? 'both' : saidBy });
  };
  for (const { name, members } of clusters) {
    const myself = members.find(({ isMyself }) => isMyself);
    for (const { slot, toId } of myself?.migrating ?? []) add(slot, name, named(toId), 'source');
    for (const { slot, fromId } of myself?.importing ?? []) add(slot, named(fromId), name, 'target');
  }
  return [...moves.values()].sort((one, other) => one.slot - other.slot);
}
