/** One command as MONITOR shows it. */
export interface MonitoredCommand {
  /** By the node's clock, milliseconds since the epoch. */
  atMs: number;
  database: string;
  /** Of the client; `lua` for a command that a script called. */
  from: string;
  /** In quotes, as Redis prints them. */
  text: string;
  /** Its first word, in lower case. */
  name: string;
}

const LINE = /^(\d+)\.(\d{6}) \[(\d+) ([^\]]*)\] (".*)$/s;
const FIRST_WORD = /^"((?:[^"\\]|\\.)*)"/;
/** CLIENT SETNAME: from here on the address has a name. */
const NAMING = /^"client" "setname" "([^"]*)"/i;

/** Reads a line of MONITOR, without the `+` of the protocol. Undefined for what is none, as `OK`. */
export function readMonitorLine(line: string): MonitoredCommand | undefined {
  const [, seconds, micros, database, from, text] = LINE.exec(line) ?? [];
  if (seconds === undefined || micros === undefined || text === undefined) return undefined;
  return {
    atMs: Number(seconds) * 1000 + Number(micros) / 1000,
    database: database!,
    from: from!,
    text,
    name: (FIRST_WORD.exec(text)?.[1] ?? '').toLowerCase(),
  };
}

/** The name that a client gives itself by this command; undefined for every other command. */
export function nameGiven({ text }: MonitoredCommand): string | undefined {
  return NAMING.exec(text)?.[1];
}

/** Time of day, as the node's clock shows it in UTC, with milliseconds. */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 23);
}
