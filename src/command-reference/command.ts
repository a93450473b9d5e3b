import type { CommandArgument, CommandDocs, CommandInfo, EngineCommands, RedisKeySpec } from './engine-reply.ts';

/** A command or a subcommand, as its page shows it. */
export interface Command {
  /** As the engine names it: `config|get`. */
  name: string;
  /** As it is typed: `CONFIG GET`. */
  title: string;
  /** Its page's address and the name of its file in `content/commands`: `config-get`. */
  slug: string;
  group: string;
  summary: string;
  since: string;
  complexity?: string;
  /** Part of how Redis servers talk to each other, not for clients. */
  internal: boolean;
  deprecatedSince?: string;
  replacedBy?: string;
  history: readonly (readonly [version: string, change: string])[];
  args: readonly CommandArgument[];
  /** Words with the name; negative: at least that many. */
  arity: number;
  flags: readonly string[];
  categories: readonly string[];
  tips: readonly string[];
  keySpecs: readonly RedisKeySpec[];
  /** Slugs of its subcommands; a command with some is a container. */
  subcommands: readonly string[];
  /** Slug of the command whose subcommand it is. */
  container?: string;
}

/** All commands and subcommands of the engine, sorted by title. */
export function listCommands({ info, docs }: Pick<EngineCommands, 'info' | 'docs'>): Command[] {
  const commands: Command[] = [];
  const add = (entry: CommandInfo, doc: CommandDocs | undefined, container: Command | undefined) => {
    const command = describe(entry, doc, container);
    commands.push(command);
    for (const subcommand of entry[9]) add(subcommand, doc?.subcommands?.[subcommand[0]], command);
  };
  for (const entry of info) add(entry, docs[entry[0]], undefined);
  return commands.sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** `config|get` is `config-get`; names that have a hyphen of their own keep it. */
export function slugOf(name: string): string {
  return name.replace('|', '-');
}

function describe(entry: CommandInfo, doc: CommandDocs | undefined, container: Command | undefined): Command {
  const [name, arity, flags, , , , categories, tips, keySpecs, subcommands] = entry;
  return {
    name,
    title: name.replace('|', ' ').toUpperCase(),
    slug: slugOf(name),
    // Subcommands have no group of their own in every version.
    group: doc?.group ?? container?.group ?? 'server',
    summary: doc?.summary ?? '',
    since: doc?.since ?? '',
    ...(doc?.complexity !== undefined && { complexity: doc.complexity }),
    internal: doc?.doc_flags?.includes('syscmd') ?? false,
    ...(doc?.deprecated_since !== undefined && { deprecatedSince: doc.deprecated_since }),
    ...(doc?.replaced_by !== undefined && { replacedBy: doc.replaced_by }),
    history: doc?.history ?? [],
    args: doc?.arguments ?? [],
    arity,
    flags,
    categories: categories.map((category) => category.replace(/^@/, '')),
    tips,
    keySpecs,
    subcommands: subcommands.map(([subcommand]) => slugOf(subcommand)).sort(),
    ...(container && { container: container.slug }),
  };
}

/** The groups in the order in which they are learned, with their headings. */
export const GROUPS: readonly (readonly [group: string, heading: string])[] = [
  ['string', 'Strings'],
  ['generic', 'Keys of any type'],
  ['list', 'Lists'],
  ['hash', 'Hashes'],
  ['set', 'Sets'],
  ['sorted-set', 'Sorted sets'],
  ['stream', 'Streams'],
  ['bitmap', 'Bitmaps and bit fields'],
  ['hyperloglog', 'HyperLogLog'],
  ['geo', 'Geospatial'],
  ['pubsub', 'Publish and subscribe'],
  ['transactions', 'Transactions'],
  ['scripting', 'Scripts and functions'],
  ['connection', 'Connections'],
  ['server', 'Server'],
  ['cluster', 'Cluster'],
  ['sentinel', 'Sentinel'],
];
