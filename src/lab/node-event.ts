import type { LogLine } from './log-line.ts';
import { SENTINEL_EVENTS, SERVER_EVENTS } from './notable-lines.ts';

/** What an event is about; one can choose among these. */
export const EVENT_GROUPS = [
  'process',
  'failure',
  'recovery',
  'election',
  'failover',
  'resync',
  'slots',
  'disk',
  'fault',
  'discovery',
] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

/** A vote: who, by its id, or the node that has logged it; for whom, by id; in which epoch. */
export interface Vote {
  voterId?: string;
  candidateId: string;
  epoch: number;
}

/** Something notable that happened to a node, or that it has decided. */
export interface NodeEvent {
  /** Name of the node whose log says it, or that was looked at. */
  node: string;
  /** Milliseconds since the epoch, by the machine's clock. */
  atMs: number;
  group: EventGroup;
  /** A word or two: `+sdown`, `FAIL`, `full resync`. */
  label: string;
  /** In words. Other nodes stand in it as addresses and ids: see `nameNodes`. */
  text: string;
  /** The log's own words; missing for what was seen from outside. */
  logged?: string;
  vote?: Vote;
}

/** What a line of a log tells; undefined for the many lines that tell nothing notable, and for unknown ones. */
export function eventOfLine(node: string, { role, atMs, text }: LogLine): NodeEvent | undefined {
  if (role === 'X') {
    const event = sentinelEvent(text);
    if (event) return { node, atMs, logged: text, ...event };
  }
  for (const { pattern, ...notable } of SERVER_EVENTS) {
    const match = pattern.exec(text);
    if (match) return { node, atMs, logged: text, ...notable.read(match) };
  }
  return undefined;
}

type Told = Pick<NodeEvent, 'group' | 'label' | 'text' | 'vote'>;

const VOTED = /^(?:([0-9a-f]{40}) voted for|\+vote-for-leader) ([0-9a-f]{40}) (\d+)$/;

function sentinelEvent(text: string): Told | undefined {
  const vote = VOTED.exec(text);
  if (vote) {
    const [, voterId, candidateId = '', epoch] = vote;
    return {
      group: 'election',
      label: 'vote',
      text:
        voterId === undefined
          ? `votes for ${candidateId} in epoch ${epoch}`
          : `has the vote of ${voterId} for ${candidateId}, epoch ${epoch}`,
      vote: { ...(voterId === undefined ? {} : { voterId }), candidateId, epoch: Number(epoch) },
    };
  }
  const [, name = '', rest = ''] = /^([+-][a-z-]+)(?: (.*))?$/.exec(text) ?? [];
  const notable = SENTINEL_EVENTS[name];
  return notable && { group: notable.group, label: name, text: notable.say(subjectOf(rest), rest) };
}

/** `master mymaster 10.0.0.1 6379`, `slave 10.0.0.2:6379 10.0.0.2 6379 @ mymaster ...`: the address that it is about. */
function subjectOf(rest: string): string {
  const [, host, port] = /^\S+ \S+ (\S+) (\d+)/.exec(rest) ?? [];
  return host === undefined ? rest : `${host}:${port}`;
}
