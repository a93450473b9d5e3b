/** What COMMAND and COMMAND DOCS reply, as far as it is used here. `redis-cli --json` prints it in this form. */

/** COMMAND's reply for one command; subcommands are nested in the last place. Names are lower case: `config|get`. */
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

/** Where keys stand in a command and what is done to them. */
export interface RedisKeySpec {
  notes?: string;
  flags: string[];
  begin_search:
    | { type: 'index'; spec: { index: number } }
    | { type: 'keyword'; spec: { keyword: string; startfrom: number } }
    | { type: 'unknown' };
  find_keys:
    | { type: 'range'; spec: { lastkey: number; keystep: number; limit: number } }
    | { type: 'keynum'; spec: { keynumidx: number; firstkey: number; keystep: number } }
    | { type: 'unknown' };
}

/** COMMAND DOCS's reply for one command. */
export interface CommandDocs {
  summary?: string;
  since?: string;
  group?: string;
  complexity?: string;
  doc_flags?: ('deprecated' | 'syscmd')[];
  deprecated_since?: string;
  replaced_by?: string;
  history?: [version: string, change: string][];
  arguments?: CommandArgument[];
  subcommands?: Record<string, CommandDocs>;
}

/** One argument; a `block` or a `oneof` has further ones inside. */
export interface CommandArgument {
  name: string;
  type: 'string' | 'integer' | 'double' | 'key' | 'pattern' | 'unix-time' | 'pure-token' | 'oneof' | 'block';
  token?: string;
  since?: string;
  deprecated_since?: string;
  flags?: ('optional' | 'multiple' | 'multiple_token')[];
  arguments?: CommandArgument[];
}

/** All that the engine says of its commands, and which engine it was. */
export interface EngineCommands {
  /** Of what these replies depend on; see `engine-cache.ts`. */
  key: string;
  info: CommandInfo[];
  docs: Record<string, CommandDocs>;
}
