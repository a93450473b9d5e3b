import { type MonitoredCommand, nameGiven, readMonitorLine } from './monitor-line.ts';

/** Lines that are kept, and lines that are read for one drawing: what a server does under load is too much for both. */
const KEPT_MAX = 500;
const UNREAD_MAX = 1000;

/** Connections of the panels of this page call themselves so. */
const PANEL = /^panel-/;

/** What is shown of the log. */
export interface MonitorFilter {
  /** Part of the line, in upper or lower case; empty for all. */
  text: string;
  /** Also what panels of this page ask. */
  panels: boolean;
}

/**
 * The newest commands that MONITOR has shown, and how many there were. It knows which clients are panels by their names:
 * those of `CLIENT LIST` at the beginning, and those that it sees being given.
 */
export class MonitorLog {
  #unread: string[] = [];
  #kept: MonitoredCommand[] = [];
  #partial = '';
  readonly #panels = new Set<string>();
  /** All lines that have come. */
  seen = 0;
  /** Lines that came too fast to be read. */
  skipped = 0;

  /** A client of this address is a panel if its name says so. */
  knowClient(address: string, name: string): void {
    if (PANEL.test(name)) this.#panels.add(address);
    else this.#panels.delete(address);
  }

  /** Text of the connection as it comes, in pieces that may end anywhere. */
  push(text: string): void {
    const lines = (this.#partial + text).split('\r\n');
    this.#partial = lines.pop()!;
    this.seen += lines.length;
    // The newest are the interesting ones.
    this.#unread.push(...lines.slice(-UNREAD_MAX));
    this.skipped += Math.max(0, lines.length - UNREAD_MAX);
    if (this.#unread.length > UNREAD_MAX) {
      this.skipped += this.#unread.length - UNREAD_MAX;
      this.#unread = this.#unread.slice(-UNREAD_MAX);
    }
  }

  /** Empties the log; who is a panel stays known. */
  clear(): void {
    this.#unread = [];
    this.#kept = [];
    this.seen = 0;
    this.skipped = 0;
  }

  /** The newest lines that pass the filter, the oldest of them first. */
  lines({ text, panels }: MonitorFilter): readonly MonitoredCommand[] {
    this.#read();
    const wanted = text.trim().toLowerCase();
    return this.#kept.filter(
      (line) =>
        (panels || !this.#panels.has(line.from)) &&
        (wanted === '' || `${line.from} ${line.text}`.toLowerCase().includes(wanted)),
    );
  }

  #read(): void {
    for (const line of this.#unread.splice(0)) {
      const command = readMonitorLine(line.replace(/^\+/, ''));
      if (!command) continue;
      const name = nameGiven(command);
      if (name !== undefined) this.knowClient(command.from, name);
      this.#kept.push(command);
    }
    if (this.#kept.length > KEPT_MAX) this.#kept = this.#kept.slice(-KEPT_MAX);
  }
}
