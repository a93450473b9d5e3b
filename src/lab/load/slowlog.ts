import type { Plain } from '../../../wasm-redis/resp/plain.ts';
import { plainText } from './plain-text.ts';

/** An entry of SLOWLOG. */
export interface SlowCommand {
  id: number;
  /** When it began: milliseconds since the epoch, by the node's clock, to the second. */
  atMs: number;
  durationUs: number;
  /** Arguments, shortened by Redis where they are long or many. */
  words: readonly string[];
  client: string;
  clientName: string;
}

/** Reads the answer to SLOWLOG GET, the newest first as it comes. What is no entry is left out. */
export function readSlowlog(reply: Plain): SlowCommand[] {
  if (!Array.isArray(reply)) return [];
  return (reply as readonly Plain[]).flatMap((entry): SlowCommand[] => {
    if (!Array.isArray(entry)) return [];
    const [id, seconds, durationUs, words, client, clientName] = entry as readonly Plain[];
    if (!Array.isArray(words)) return [];
    return [
      {
        id: Number(id),
        atMs: Number(seconds) * 1000,
        durationUs: Number(durationUs),
        words: (words as readonly Plain[]).map(plainText),
        client: plainText(client),
        clientName: plainText(clientName),
      },
    ];
  });
}

/** A duration with the unit that fits: `850 µs`, `12.3 ms`, `1.20 s`. */
export function durationText(us: number): string {
  if (us < 1000) return `${String(us)} µs`;
  if (us < 1_000_000) return `${(us / 1000).toFixed(1)} ms`;
  return `${(us / 1_000_000).toFixed(2)} s`;
}

/** An argument as redis-cli would take it: in quotes if it has spaces, quotes, or is empty. */
export function wordText(word: string): string {
  return word === '' || /[\s"'\\]/.test(word) ? JSON.stringify(word) : word;
}
