import { type Contender } from './contender.ts';
import { type Reply } from './reply.ts';

export type ArgumentType =
  'key' | 'string' | 'integer' | 'double' | 'pattern' | 'unix-time' | 'pure-token' | 'oneof' | 'block';

/** One argument of COMMAND DOCS. */
export interface DocumentedArgument {
  name: string;
  type: ArgumentType;
  token?: string;
  flags: readonly string[];
  arguments: readonly DocumentedArgument[];
}

/** A command or subcommand that can be called. */
export interface DocumentedCommand {
  /** Lower case; a subcommand is `config|get`. */
  name: string;
  /** As COMMAND DOCS sorts them: string, list, ... */
  group: string;
  /** As COMMAND has them: write, blocking, noscript, ... */
  flags: readonly string[];
  tips: readonly string[];
  arguments: readonly DocumentedArgument[];
}

type Plain = string | Plain[] | Map<string, Plain>;

/** All commands that a server has, by its own COMMAND and COMMAND DOCS, sorted by name. Containers are left out. */
export async function readDocumentation(server: Contender): Promise<readonly DocumentedCommand[]> {
  const docs = plainMap(await server.ask('COMMAND', 'DOCS'));
  const commands: DocumentedCommand[] = [];
  const add = (info: Plain[], doc: Map<string, Plain> | undefined, group: string): void => {
    const subcommands = info[9] as Plain[][];
    const name = info[0] as string;
    for (const subcommand of subcommands) {
      const nested = doc?.get('subcommands') as Plain[] | undefined;
      const found = nested ? pairs(nested).get(subcommand[0] as string) : undefined;
      add(subcommand, found === undefined ? undefined : pairs(found as Plain[]), group);
    }
    // Of the containers only COMMAND can be called without a subcommand.
    if (subcommands.length > 0 && name !== 'command') return;
    const args = ((doc?.get('arguments') ?? []) as Plain[][]).map(readArgument);
    commands.push({ name, group, flags: info[2] as string[], tips: info[7] as string[], arguments: args });
  };
  for (const info of plain(await server.ask('COMMAND')) as Plain[][]) {
    const doc = docs.get(info[0] as string);
    const map = doc === undefined ? undefined : pairs(doc as Plain[]);
    add(info, map, (map?.get('group') as string | undefined) ?? 'unknown');
  }
  return commands.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readArgument(entry: Plain[]): DocumentedArgument {
  const map = pairs(entry);
  const token = map.get('token') as string | undefined;
  return {
    name: map.get('name') as string,
    type: map.get('type') as ArgumentType,
    ...(token !== undefined && { token }),
    flags: (map.get('flags') ?? []) as string[],
    arguments: ((map.get('arguments') ?? []) as Plain[][]).map(readArgument),
  };
}

/** RESP2 gives maps as lists of keys and values by turns. */
function pairs(list: Plain[]): Map<string, Plain> {
  return new Map(
    Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at] as string, list[2 * at + 1] as Plain]),
  );
}

function plain({ head, text, items }: Reply): Plain {
  return items ? items.map(plain) : (text ?? head.slice(1));
}

function plainMap(reply: Reply): Map<string, Plain> {
  return pairs(plain(reply) as Plain[]);
}
