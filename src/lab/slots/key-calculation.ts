import { crc16, hashTag } from '../../../wasm-redis/lab/key-slot.ts';
import { SLOTS } from '../../../wasm-redis/lab/topology.ts';

/** How a key comes to its slot. */
export interface KeyCalculation {
  key: string;
  /** The key in three parts, of which the second is hashed; without a hash tag that is all of it. */
  before: string;
  hashed: string;
  after: string;
  hasTag: boolean;
  crc: number;
  slot: number;
}

/** What becomes of a command with all these keys. */
export type Together = { allowed: true; slot: number } | { allowed: false; slots: readonly number[] };

/** So that a pasted file does not stop the page. */
const MOST_KEYS = 50;

const encoder = new TextEncoder();

export function calculate(key: string): KeyCalculation {
  const hashed = hashTag(key);
  const hasTag = hashed.length < key.length;
  const at = hasTag ? key.indexOf('{') + 1 : 0;
  const crc = crc16(encoder.encode(hashed));
  return {
    key,
    before: key.slice(0, at),
    hashed,
    after: key.slice(at + hashed.length),
    hasTag,
    crc,
    slot: crc % SLOTS,
  };
}

/** The keys in a text, one in a line, to the letter; lines that are empty are none. At most the first 50. */
export function keysIn(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.filter((line) => line !== '').slice(0, MOST_KEYS);
}

/** Whether one command may name them all. Throws without a key. */
export function together(keys: readonly KeyCalculation[]): Together {
  const slots = [...new Set(keys.map(({ slot }) => slot))];
  const [slot] = slots;
  if (slot === undefined) throw new Error('expected at least one key, found none');
  return slots.length === 1 ? { allowed: true, slot } : { allowed: false, slots };
}
