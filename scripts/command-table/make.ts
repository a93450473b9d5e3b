import type { CommandEntry, KeySpec } from '../../src/expressive-code/command-entry.ts';

/** COMMAND's reply for one command, as far as the table needs it; subcommands are nested in the last place. */
export type CommandInfo = [
  name: string,
  arity: number,
  flags: string[],
  firstKey: number,
  lastKey: number,
  step: number,
  categories: string[],
  tips: string[],
  keySpecs: RedisKeySpec[],
  subcommands: CommandInfo[],
];

interface RedisKeySpec {
  begin_search:
    { type: 'index'; spec: { index: number } } | { type: 'keyword'; spec: { keyword: string } } | { type: 'unknown' };
  find_keys:
    | { type: 'range'; spec: { lastkey: number; keystep: number; limit: number } }
    | { type: 'keynum'; spec: { keynumidx: number; firstkey: number } }
    | { type: 'unknown' };
}

/** COMMAND DOCS's reply for one command. */
export interface CommandDocs {
  arguments?: CommandArgument[];
  subcommands?: Record<string, CommandDocs>;
}

interface CommandArgument {
  token?: string;
  arguments?: CommandArgument[];
}

/** The table that the plugin reads: names in lower case, subcommands as `config|get`, sorted. */
export function makeCommandTable(
  info: readonly CommandInfo[],
  docs: Readonly<Record<string, CommandDocs>>,
): Record<string, CommandEntry> {
  const table: Record<string, CommandEntry> = {};
  const add = ([name, , , , , , , , keySpecs, subcommands]: CommandInfo, doc: CommandDocs | undefined) => {
    const keys = keySpecs.flatMap(makeKeySpec);
    const tokens = [...new Set(collectTokens(doc?.arguments ?? []))].sort();
    table[name] = { ...(keys.length > 0 && { keys }), ...(tokens.length > 0 && { tokens }) };
    for (const subcommand of subcommands) add(subcommand, doc?.subcommands?.[subcommand[0]]);
  };
  for (const command of info) add(command, docs[command[0]]);
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function makeKeySpec({ begin_search: begin, find_keys: find }: RedisKeySpec): KeySpec[] {
  if (begin.type === 'unknown' || find.type === 'unknown') return [];
  const start = begin.type === 'index' ? { at: begin.spec.index } : { after: begin.spec.keyword };
  if (find.type === 'keynum') {
    return [{ ...start, numbered: { countAt: find.spec.keynumidx, firstAt: find.spec.firstkey } }];
  }
  const { lastkey, keystep, limit } = find.spec;
  return [
    {
      ...start,
      ...(lastkey !== 0 && { last: lastkey }),
      ...(keystep !== 1 && { step: keystep }),
      ...(limit > 1 && { limit }),
    },
  ];
}

function collectTokens(args: readonly CommandArgument[]): string[] {
  return args.flatMap((argument) => [
    ...(argument.token ? argument.token.toUpperCase().split(' ') : []),
    ...collectTokens(argument.arguments ?? []),
  ]);
}
