import type { RedisKeySpec } from './engine-reply.ts';

/** What the words in COMMAND INFO mean, for readers. A word without an entry is shown alone; a test looks for those. */

export const FLAGS: Readonly<Record<string, string>> = {
  write:
    'May change data. A read-only replica refuses it; a primary passes it on to its replicas and the append-only file.',
  readonly: 'Reads and never changes data, so a replica answers it too.',
  denyoom: 'May need more memory: refused with an OOM error when maxmemory is reached and nothing can be evicted.',
  admin: 'For operators: the default user may run it, other users should not.',
  pubsub: 'Part of publish and subscribe.',
  noscript: 'Not allowed in scripts and functions.',
  blocking: 'May keep the connection waiting. Inside a transaction or a script it does not wait.',
  loading: 'Answered even while the server is still loading its data.',
  stale: 'Answered even by a replica that has lost its primary and may not serve old data.',
  skip_monitor: 'Not shown by MONITOR.',
  skip_slowlog: 'Never in the slow log.',
  asking: 'Accepted by a cluster node that is importing the slot, even without ASKING first.',
  fast: 'Takes constant or logarithmic time, so it hardly delays other clients.',
  no_auth: 'Allowed before the connection is authenticated.',
  no_mandatory_keys: 'Its keys are optional.',
  no_async_loading: 'Refused while a replica loads a new copy and still serves the old one.',
  no_multi: 'Not allowed inside a transaction.',
  movablekeys: 'Where its keys are depends on its other arguments; COMMAND GETKEYS finds them.',
  allow_busy: 'Answered even while a long script or function keeps the server busy.',
  sentinel: 'Known to Sentinel.',
  only_sentinel: 'Known to Sentinel only.',
};

export const TIPS: Readonly<Record<string, string>> = {
  nondeterministic_output: 'The reply may differ even when the data is the same.',
  nondeterministic_output_order: 'The reply holds the same items, but their order may differ.',
  'request_policy:multi_shard': 'For cluster clients: split it by slot and send each part to its shard.',
  'request_policy:all_shards': 'For cluster clients: send it to every primary.',
  'request_policy:all_nodes': 'For cluster clients: send it to every node.',
  'request_policy:special': 'For cluster clients: where to send it needs a rule of its own.',
  'response_policy:agg_sum': 'For cluster clients: add the replies up.',
  'response_policy:agg_min': 'For cluster clients: take the smallest reply.',
  'response_policy:agg_logical_and': 'For cluster clients: true only if every reply is.',
  'response_policy:all_succeeded': 'For cluster clients: it succeeded only if every node says so.',
  'response_policy:one_succeeded': 'For cluster clients: it succeeded if at least one node says so.',
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
  not_key: 'is in the place of a key, but is not one',
  incomplete: 'there may be keys elsewhere that cannot be found by position',
  variable_flags: 'what it does depends on the other arguments',
};

/** Where the keys stand, in words: `The first word after the name`, `All words after STREAMS, the first half of them`. */
export function describeKeyPlace({ begin_search: begin, find_keys: find }: RedisKeySpec): string {
  if (begin.type === 'unknown' || find.type === 'unknown') return 'Cannot be found by position';
  const isIndex = begin.type === 'index';
  const start = isIndex ? `word ${begin.spec.index}` : `the word after ${begin.spec.keyword}`;
  if (find.type === 'keynum') {
    const count = isIndex ? `word ${begin.spec.index + find.spec.keynumidx}` : `the word after ${begin.spec.keyword}`;
    return `As many as ${count} says, starting at the word after it`;
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
