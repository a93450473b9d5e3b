import table from './command-table.json' with { type: 'json' };
import type { CommandEntry, KeySpec } from './command-entry.ts';

const ENTRIES: Readonly<Record<string, CommandEntry>> = table;

/** A command as typed: how many words its name has, its options, and which of its words are keys. */
export interface KnownCommand {
  nameWords: 1 | 2;
  tokens: ReadonlySet<string>;
  keys: ReadonlySet<number>;
}

/** Looks up what Redis itself says of a command (COMMAND INFO and COMMAND DOCS). Undefined if Redis does not know it. */
export function lookUpCommand(words: readonly string[]): KnownCommand | undefined {
  const name = words[0]?.toLowerCase() ?? '';
  const subcommand = words[1] === undefined ? undefined : ENTRIES[`${name}|${words[1].toLowerCase()}`];
  const entry = subcommand ?? ENTRIES[name];
  if (!entry) return undefined;
  return {
    nameWords: subcommand ? 2 : 1,
    tokens: new Set(entry.tokens),
    keys: new Set((entry.keys ?? []).flatMap((spec) => findKeys(spec, words))),
  };
}

/** The positions of keys, by the rules in the documentation of key specifications. */
function findKeys(spec: KeySpec, words: readonly string[]): number[] {
  const first = spec.after === undefined ? spec.at : words.findIndex((word) => word.toUpperCase() === spec.after) + 1;
  if (first === undefined || first === 0) return [];
  if (spec.numbered) {
    const count = Number(words[first + spec.numbered.countAt]);
    const from = first + spec.numbered.firstAt;
    return Number.isInteger(count) ? range(from, Math.min(from + count, words.length), 1) : [];
  }
  const last = spec.last ?? 0;
  let end = last >= 0 ? first + last + 1 : words.length + last + 1;
  // XREAD STREAMS a b 0 0: only the first half of what follows is keys.
  if (last < 0 && spec.limit !== undefined && spec.limit > 1) end = first + Math.floor((end - first) / spec.limit);
  return range(first, Math.min(end, words.length), spec.step ?? 1);
}

function range(from: number, end: number, step: number): number[] {
  const positions: number[] = [];
  for (let position = from; position < end; position += step) positions.push(position);
  return positions;
}
