import type { LabView } from '../lab-view.ts';
import type { NodeNames } from '../name-nodes.ts';

/** The votes of an epoch, as the logs of those who gave or got them say. */
export interface Election {
  epoch: number;
  /** When the first vote was given, of the machine's time. */
  atMs: number;
  votes: readonly { candidate: string; voters: readonly string[] }[];
}

/** All elections up to the view's time, the newest first; at most `most` of them. */
export function electionsOf({ events, nodes, nowMs }: LabView, names: NodeNames, most = 3): Election[] {
  // Sentinels and cluster nodes count epochs of their own.
  const sentinels = new Set(nodes.filter(({ kind }) => kind === 'sentinel').map(({ name }) => name));
  const epochs = new Map<string, { epoch: number; atMs: number; votes: Map<string, Set<string>> }>();
  for (const { node, atMs, vote } of events) {
    if (!vote || atMs > nowMs) continue;
    const key = `${sentinels.has(node)} ${vote.epoch}`;
    const election = epochs.get(key) ?? { epoch: vote.epoch, atMs, votes: new Map<string, Set<string>>() };
    const candidate = names.nameAll(vote.candidateId);
    const voters = election.votes.get(candidate) ?? new Set();
    voters.add(vote.voterId === undefined ? node : names.nameAll(vote.voterId));
    election.votes.set(candidate, voters);
    epochs.set(key, election);
  }
  return [...epochs.values()]
    .toSorted((one, other) => other.atMs - one.atMs)
    .slice(0, most)
    .map(({ epoch, atMs, votes }) => ({
      epoch,
      atMs,
      votes: [...votes].map(([candidate, voters]) => ({ candidate, voters: [...voters].sort() })),
    }));
}
