import type { Transcript } from '../transcript/parse.ts';
import { splitWords } from '../transcript/words.ts';

/** The names of all commands and subcommands of the engine, lower case: `config|get`. */
export type KnownNames = ReadonlySet<string>;

/** A command as it is typed in a transcript, and the lines that came back. */
export interface TypedCommand {
  /** `config|get`. */
  name: string;
  reply: readonly string[];
}

/**
 * The commands that a transcript types: into a redis-cli, and as arguments of `redis-cli` in the shell. What Redis does
 * not know is left out.
 */
export function typedCommands({ steps }: Transcript, names: KnownNames): TypedCommand[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'type') return [];
    const words = splitWords(step.text).map((word) => word.text.toLowerCase());
    const starts = step.screen === '$' ? shellStarts(words) : [/^\d+$/.test(words[0] ?? '') ? 1 : 0];
    return starts.flatMap((start) => {
      const name = nameAt(words, start, names);
      return name === undefined ? [] : [{ name, reply: step.reply }];
    });
  });
}

function nameAt(words: readonly string[], start: number, names: KnownNames): string | undefined {
  const [first = '', second = ''] = words.slice(start);
  const both = `${first}|${second}`;
  return names.has(both) ? both : names.has(first) ? first : undefined;
}

/** Where a command may begin after `redis-cli` and its options; an option may have a value, so each word is tried. */
function shellStarts(words: readonly string[]): number[] {
  if (words[0] !== 'redis-cli') return [];
  const first = words.findIndex((word, index) => {
    const before = words[index - 1] ?? '';
    const isValue = /^-(?:[hpsanrix]|-user|-pass)$/.test(before);
    return index > 0 && !word.startsWith('-') && !isValue;
  });
  return first < 0 ? [] : [first];
}

/** What kind of reply these lines of redis-cli are; undefined for nothing, or what is no reply. */
export function replyKind(lines: readonly string[]): string | undefined {
  const [first = ''] = lines;
  const [, kind] = /^\((integer|nil|error|double|true|false|empty array|empty hash|empty set)\)/.exec(first) ?? [];
  if (kind === 'true' || kind === 'false') return 'boolean';
  if (kind !== undefined) return kind.startsWith('empty') ? 'array' : kind === 'nil' ? 'nil' : kind;
  if (/^ *1\) /.test(first)) return 'array';
  if (/^ *1# /.test(first)) return 'map';
  if (/^ *1~ /.test(first)) return 'set';
  if (first.startsWith('"')) return 'string';
  if (/^[A-Z]+$/.test(first)) return 'status';
  return undefined;
}
