import { PROGRAMS } from '../../wasm-redis/machine.ts';
import { BUILTINS } from './builtins/index.ts';
import { list } from './files.ts';
import { OPTIONS } from './option-names.ts';
import { PROGRAMS_OF_SHELL } from './programs/index.ts';
import type { Shell } from './shell.ts';

/** What could stand in the place of the word before the cursor. */
export interface Completion {
  /** Where that word begins, in UTF-16 units. */
  start: number;
  /** Whole words; one that is not complete yet (a folder) ends with a slash, others get a space. */
  words: readonly string[];
}

/** Verbs of `fault`; the names of nodes follow. */
const FAULT_VERBS = [
  'kill',
  'stop',
  'continue',
  'restart',
  'cut',
  'split',
  'latency',
  'heal',
  'disk',
  'fsync',
  'cancel',
  'help',
];

/** Completes what stands before the cursor: commands, variables, options, the names of nodes, paths. */
export async function complete(before: string, shell: Shell): Promise<Completion> {
  const [typed = ''] = /(?:[^\s|;&()<>"'`=]|\\.)*$/.exec(before) ?? [];
  const start = before.length - typed.length;
  const words = commandWords(before.slice(0, start));
  const [command, previous] = [words[0], words.at(-1)];
  if (typed.startsWith('$'))
    return {
      start,
      words: matching(
        typed,
        [...shell.state.variables.keys()].map((name) => `$${name}`),
      ),
    };
  if (command === undefined && !typed.includes('/')) return { start, words: matching(typed, commandNames(shell)) };
  const names = shell.host.nodeNames ?? [];
  if (previous === 'on' && words.length === 1) return { start, words: matching(typed, names) };
  if (command === 'fault') {
    // What is cancelled is a fault with its verb.
    const isVerb = words.length === (words[1] === 'cancel' ? 2 : 1);
    return { start, words: matching(typed, isVerb ? FAULT_VERBS : names) };
  }
  if (typed.startsWith('-')) return { start, words: matching(typed, OPTIONS[command ?? ''] ?? []) };
  return { start, words: await paths(typed, shell) };
}

/** The words of the command in which the cursor stands; `on shop` and assignments before it are left out. */
function commandWords(before: string): string[] {
  const last = before.split(/\||;|&|\(|\$\(|`|\b(?:do|then|else|if|while|until|!)\s/).at(-1) ?? '';
  const words = last.trim().split(/\s+/).filter(Boolean);
  while (/^\w+=/.test(words[0] ?? '')) words.shift();
  while (words[0] === 'on' && words.length > 1) words.splice(0, 2);
  return words;
}

function commandNames({ state }: Shell): string[] {
  const names = [...PROGRAMS, ...Object.keys(PROGRAMS_OF_SHELL), ...Object.keys(BUILTINS), ...state.functions.keys()];
  return [...new Set(names)].filter((name) => /^\w/.test(name)).sort();
}

function matching(typed: string, words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith(typed));
}

async function paths(typed: string, { machine, state }: Shell): Promise<string[]> {
  const slash = typed.lastIndexOf('/') + 1;
  const [folder, name] = [typed.slice(0, slash), typed.slice(slash)];
  const entries = await list(state.resolve(folder || '.'), { core: { machine } });
  return entries
    .filter((entry) => entry.name.startsWith(name) && (name.startsWith('.') || !entry.name.startsWith('.')))
    .map((entry) => folder + entry.name.replace(/[\s'"$&|;<>()*?]/g, '\\$&') + (entry.kind === 'folder' ? '/' : ''));
}
