import type { LabView, NodeView } from '../lab-view.ts';
import type { NodeNames } from '../name-nodes.ts';
import { addressOf } from '../node-address.ts';
import { slotWords } from '../slot-words.ts';
import { familiesOf } from './families.ts';

/** A question that several nodes answer, and who gives which answer. */
export interface Belief {
  question: string;
  answers: readonly { answer: string; by: readonly string[] }[];
}

/** Whether the nodes contradict each other in it. */
export function isDisputed({ answers }: Belief): boolean {
  return answers.length > 1;
}

/**
 * Who believes what: which node is the primary (each Sentinel, each replica, each node of itself), which slots belong to
 * whom and whether the cluster works (each cluster node). Only nodes that answer now are heard.
 */
export function beliefsOf(view: LabView, names: NodeNames): Belief[] {
  const heard = view.nodes.filter(
    ({ reachability, complaint }) => reachability === 'answers' && complaint === undefined,
  );
  const name = (address: string): string => names.nameOf(address) ?? address;
  return [
    ...watchedPrimaries(heard, name),
    ...replication(heard, name),
    ...clusterStates(heard),
    ...slotOwners(heard, name),
  ];
}

function watchedPrimaries(heard: readonly NodeView[], name: (address: string) => string): Belief[] {
  const said = new Map<string, [answer: string, by: string][]>();
  for (const { name: speaker, sentinel } of heard) {
    for (const primary of sentinel?.primaries ?? []) {
      const answer = `${name(primary.address)}, epoch ${primary.configEpoch}`;
      said.set(primary.name, [...(said.get(primary.name) ?? []), [answer, speaker]]);
    }
  }
  return [...said].map(([watched, entries]) => ({
    question: `Sentinels: which node is the primary of ${watched}?`,
    answers: collect(entries),
  }));
}

/** Servers that belong together: who calls itself primary, and whom the replicas follow. */
function replication(heard: readonly NodeView[], name: (address: string) => string): Belief[] {
  return familiesOf(heard).flatMap((family) => {
    if (family.length < 2) return [];
    const entries = family.map((node): [string, string] => [
      name(node.server?.primary?.address ?? addressOf(node)),
      node.name,
    ]);
    const names = family.map((node) => node.name).join(', ');
    return [{ question: `${names}: which node is their primary?`, answers: collect(entries) }];
  });
}

function clusterStates(heard: readonly NodeView[]): Belief[] {
  const entries = heard.flatMap(({ name, server }): [string, string][] =>
    server?.cluster ? [[`${server.cluster.state}, current epoch ${server.cluster.currentEpoch}`, name]] : [],
  );
  return entries.length === 0 ? [] : [{ question: 'Cluster nodes: does the cluster work?', answers: collect(entries) }];
}

function slotOwners(heard: readonly NodeView[], name: (address: string) => string): Belief[] {
  const entries = heard.flatMap(({ name: speaker, server }): [string, string][] => {
    const owners = (server?.cluster?.members ?? []).filter(({ slots }) => slots.length > 0);
    if (!server?.cluster) return [];
    const map = owners
      .toSorted((one, other) => (one.slots[0]?.[0] ?? 0) - (other.slots[0]?.[0] ?? 0))
      .map(({ address, slots }) => `${slotWords(slots)}: ${name(address)}`)
      .join('; ');
    return [[map === '' ? 'nobody has a slot' : map, speaker]];
  });
  return entries.length === 0 ? [] : [{ question: 'Cluster nodes: who has which slots?', answers: collect(entries) }];
}

/** The answers in the order in which they were first given. */
function collect(entries: readonly (readonly [answer: string, by: string])[]): Belief['answers'] {
  const said = new Map<string, string[]>();
  for (const [answer, by] of entries) said.set(answer, [...(said.get(answer) ?? []), by]);
  return [...said].map(([answer, by]) => ({ answer, by }));
}
