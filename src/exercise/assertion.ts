import type { Range } from './range.ts';

/** What `TYPE` says of a key. */
export const KEY_TYPES = ['string', 'list', 'set', 'zset', 'hash', 'stream'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** A value as an author writes it: text, a number, nothing, or a list of those. Numbers and their text are the same. */
export type Wanted = string | number | null | readonly Wanted[];

/** Which server is looked at: the first node if not said, or that node; `port` if another server listens on its host. */
interface Place {
  node?: string | undefined;
  port?: number | undefined;
}

/** What must be so on a server. */
export type Condition = Place &
  (
    | { is: 'exists'; key: string; exists: boolean }
    | { is: 'type'; key: string; type: KeyType }
    | { is: 'value'; key: string; value: string }
    | { is: 'number'; key: string; range: Range }
    | { is: 'length'; key: string; length: Range }
    | { is: 'field'; key: string; field: string; exists: boolean; value?: string | undefined }
    | { is: 'member'; key: string; member: string; exists: boolean; score?: Range | undefined }
    | { is: 'items'; key: string; items: readonly string[] }
    | { is: 'ttl'; key: string; ttl: Range | 'none' }
    | { is: 'encoding'; key: string; encoding: string }
    | { is: 'config'; name: string; value: string | Range }
    | { is: 'info'; name: string; value: string | Range }
    | { is: 'keys'; match: string; count: Range }
    | { is: 'reply'; command: readonly string[]; value: Wanted }
  );

/** A condition, and what an author says to someone who has not met it. */
export interface Assertion {
  condition: Condition;
  /** Markdown of one line. */
  why: string;
}

/** The key a condition is about, if it is about one; of a command to be answered, its first argument. */
export function keyOf(condition: Condition): string | undefined {
  if (condition.is === 'reply') return condition.command[1];
  return 'key' in condition ? condition.key : undefined;
}
