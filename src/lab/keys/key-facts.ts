import type { Argument } from '../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import type { Command } from './command-text.ts';
import { numberIn, textIn } from './reply.ts';

export const KEY_TYPES = ['string', 'list', 'set', 'zset', 'hash', 'stream'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** What is known of a key without an access to it. */
export interface KeyFacts {
  /** `none` if it is not there (any more). A module's type is not among `KEY_TYPES`. */
  type: KeyType | 'none' | (string & {});
  encoding: string;
  /** Milliseconds until it expires, by the server's clock; undefined if it does not. */
  ttlMs: number | undefined;
  /** With everything that belongs to it, by MEMORY USAGE, which estimates large ones from a few elements. */
  memoryBytes: number;
  /** Seconds since the last access. Undefined where the policy of eviction is LFU. */
  idleSeconds: number | undefined;
  /** The logarithmic counter of accesses. Only where the policy is LFU. */
  frequency: number | undefined;
}

/**
 * The questions behind `KeyFacts`. None of them counts as an access: Redis looks the key up for them without touching it,
 * so idle time and frequency stay what they were. What reads the value does touch it.
 */
export function factsCommands(key: Argument): Command[] {
  return [
    ['TYPE', key],
    ['OBJECT', 'ENCODING', key],
    ['PTTL', key],
    ['MEMORY', 'USAGE', key],
    ['OBJECT', 'IDLETIME', key],
    ['OBJECT', 'FREQ', key],
  ];
}

/** Reads the answers. Throws a `ReplyError` if TYPE itself is refused; what a user may not ask besides stays unknown. */
export function readFacts(replies: readonly RespValue[]): KeyFacts {
  const [type, encoding, ttl, memory, idle, frequency] = replies;
  const ttlMs = known(ttl) ?? -1;
  return {
    type: textIn(type),
    encoding: encoding?.kind === 'error' ? 'unknown' : textIn(encoding),
    ttlMs: ttlMs < 0 ? undefined : ttlMs,
    memoryBytes: known(memory) ?? 0,
    idleSeconds: known(idle),
    frequency: known(frequency),
  };
}

/** One of IDLETIME and FREQ is always an error: which, the policy decides. */
function known(reply: RespValue | undefined): number | undefined {
  return reply === undefined || reply.kind === 'error' || reply.kind === 'null' ? undefined : numberIn(reply);
}

/** `1 d 2:03:04`, `2:03`, `0:09`: rounded up, so that a key with 0:01 is still there. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = hours > 0 || days > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${days > 0 ? `${days.toLocaleString('en')} d ` : ''}${clock}:${two(seconds % 60)}`;
}

/** `512 B`, `1.5 kB`, `10 MB`; kB are thousands. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, name] = bytes < 999_950 ? [1000, 'kB'] : bytes < 999_950_000 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${Number((bytes / unit).toFixed(1)).toLocaleString('en')} ${name}`;
}
