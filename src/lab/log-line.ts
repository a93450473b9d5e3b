/** A line of a node's log, taken apart. */
export interface LogLine {
  pid: number;
  /** M primary, S replica, C child or still starting, X Sentinel. */
  role: string;
  /** Milliseconds since the epoch. */
  atMs: number;
  text: string;
}

const LINE = /^(\d+):([A-Z]) (\d{2} [A-Z][a-z]{2} \d{4}) (\d{2}:\d{2}:\d{2}\.\d{3}) [.\-*#] (.*)$/;

/**
 * Reads `100:M 01 Jan 2026 00:00:00.001 * Ready to accept connections`. The machine's time zone is UTC. Undefined for a
 * line in any other form: a picture of the start, a stack trace, one that was cut.
 */
export function parseLogLine(line: string): LogLine | undefined {
  const [, pid, role, day, time, text] = LINE.exec(line) ?? [];
  if (pid === undefined || role === undefined || text === undefined) return undefined;
  const atMs = Date.parse(`${day} ${time} UTC`);
  return Number.isNaN(atMs) ? undefined : { pid: Number(pid), role, atMs, text };
}
