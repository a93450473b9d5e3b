import type {
  CommandArgument,
  CommandDocs,
  CommandInfo,
  EngineCommands,
  RedisKeySpec,
} from '../../src/command-reference/engine-reply.ts';
import type { CommandEntry, KeySpec } from '../../src/expressive-code/command-entry.ts';

/** The table that the plugin reads: names in lower case, subcommands as `config|get`, sorted. */
export function makeCommandTable({ info, docs }: Pick<EngineCommands, 'info' | 'docs'>): Record<string, CommandEntry> {
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
