import type { Plain } from '../../wasm-redis/resp/plain.ts';

/** `name:value` lines, as INFO and CLUSTER INFO print them. Anything but text has no fields. */
export function readFields(reply: Plain | undefined): ReadonlyMap<string, string> {
  if (typeof reply !== 'string') return new Map();
  return new Map(
    reply.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)]] : [];
    }),
  );
}

/** A flat array of names and values, as Sentinel and CONFIG GET reply. Values that are no text are left out. */
export function readPairs(reply: Plain | undefined): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (!Array.isArray(reply)) return pairs;
  const words = reply as readonly Plain[];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [name, value] = [words[at], words[at + 1]];
    if (typeof name === 'string' && typeof value === 'string') pairs.set(name, value);
  }
  return pairs;
}

/** The text of an error reply; undefined for any other. */
export function errorOf(reply: Plain | undefined): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('error' in reply)) return undefined;
  return typeof reply.error === 'string' ? reply.error : undefined;
}

/** A whole number; 0 where there is none. */
export function numberOf(text: string | undefined): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}
