import type { RedisKeySpec } from './engine-reply.ts';

/** What the words in COMMAND INFO mean, for readers. A word without an entry is shown alone; a test looks for those. */

export const FLAGS: Readonly<Record<string, string>> = {
  write: 'May change data. Refused by a read-only replica, sent on to replicas and the append-only file.',
  readonly: 'Reads and never changes data, so a replica answers it too.',
  denyoom: 'May need more memory: refused with an OOM error when maxmemory is reached and nothing can be evicted.',
  admin: 'For operators: the default user may, others should not.',
  pubsub: 'Part of publish and subscribe.',
  noscript: 'Not allowed in scripts and functions.',
  blocking: 'May keep the connection waiting. Inside a transaction or a script it does not wait.',
  loading: 'Answered also while the server is still loading its data.',
  stale: 'Answered also by a replica that has lost its primary and may not serve old data.',
  skip_monitor: 'Not shown by MONITOR.',
  skip_slowlog: 'Never in the slow log.',
  asking: 'Accepted by a cluster node that is importing the slot, without ASKING before it.',
  fast: 'Takes constant or logarithmic time, so it hardly delays other clients.',
  no_auth: 'Allowed before the connection is authenticated.',
  no_mandatory_keys: 'Its keys are optional.',
  no_async_loading: 'Refused while a replica loads a new copy and still serves the old one.',
  no_multi: 'Not allowed inside a transaction.',
  movablekeys: 'Where its keys stand depends on its other words; COMMAND GETKEYS finds them.',
  allow_busy: 'Answered also while a long script or function keeps the server busy.',
  sentinel: 'Known to Sentinel.',
  only_sentinel: 'Known to Sentinel only.',
};

export const TIPS: Readonly<Record<string, string>> = {
  nondeterministic_output: 'The reply may differ although the data is the same.',
  nondeterministic_output_order: 'The reply is the same, its order may not be.',
  'request_policy:multi_shard': 'For cluster clients: split it by slot and send each part to its shard.',
  'request_policy:all_shards': 'For cluster clients: send it to every primary.',
  'request_policy:all_nodes': 'For cluster clients: send it to every node.',
  'request_policy:special': 'For cluster clients: where to send it needs a rule of its own.',
  'response_policy:agg_sum': 'For cluster clients: add the replies up.',
  'response_policy:agg_min': 'For cluster clients: take the smallest reply.',
  'response_policy:agg_logical_and': 'For cluster clients: true only if every reply is.',
  'response_policy:all_succeeded': 'For cluster clients: it has succeeded only if all nodes say so.',
  'response_policy:one_succeeded': 'For cluster clients: it has succeeded if one node says so.',
  'response_policy:special': 'For cluster clients: joining the replies needs a rule of its own.',
};

/** What is done to keys; `RW` and its like are the kind of access, the others what becomes of the data. */
export const KEY_FLAGS: Readonly<Record<string, string>> = {
  RO: 'read',
  RW: 'read and written',
  OW: 'overwritten without being read',
  RM: 'removed without being read',
  access: 'its value is returned',
  update: 'its value is changed',
  insert: 'values are added',
  delete: 'values are removed',
  not_key: 'stands where a key stands, and is none',
  incomplete: 'there may be keys elsewhere that cannot be found by position',
  variable_flags: 'what is done depends on the other words',
};

/** Where the keys stand, in words: `The first word after the name`, `All words after STREAMS, the first half of them`. */
export function describeKeyPlace({ begin_search: begin, find_keys: find }: RedisKeySpec): string {
  if (begin.type === 'unknown' || find.type === 'unknown') return 'Cannot be told from the position';
  const isIndex = begin.type === 'index';
  const start = isIndex ? `word ${begin.spec.index}` : `the word after ${begin.spec.keyword}`;
  if (find.type === 'keynum') {
    const count = isIndex ? `word ${begin.spec.index + find.spec.keynumidx}` : `the word after ${begin.spec.keyword}`;
    return `As many as ${count} says, from the word after that`;
  }
  const { lastkey, keystep, limit } = find.spec;
  if (lastkey === 0) return capitalize(start);
  const every = keystep > 1 ? `, every ${keystep === 2 ? 'second' : `${keystep}th`} one` : '';
  const half = limit > 1 ? `, the first ${limit === 2 ? 'half' : `1/${limit}`} of them` : '';
  const end =
    lastkey > 0
      ? ` to the ${lastkey === 1 ? 'next one' : `${lastkey}th after it`}`
      : lastkey === -1
        ? ' to the last'
        : ` to the last but ${-lastkey - 1}`;
  return capitalize(`${start}${end}${every}${half}`);
}

/** Begins a sentence. */
function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
