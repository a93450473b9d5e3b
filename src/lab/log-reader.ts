import { parseLogLine } from './log-line.ts';
import { eventOfLine, type NodeEvent } from './node-event.ts';

/** Lines that are kept for who looks at the log. */
const MOST_LINES = 300;
/** Enough of the beginning to tell whether it is still the same file. */
const HEAD_BYTES = 120;

/**
 * Reads a log that grows. A line that is not complete yet waits for its end; a file that has been replaced, as after a
 * restart with an empty disk, is read from its beginning.
 */
export class LogReader {
  readonly #node: string;
  readonly #decoder = new TextDecoder();
  #readBytes = 0;
  #head = '';
  #lines: readonly string[] = [];
  /** A process has logged its start, and no end since. */
  #begun = false;

  constructor(node: string) {
    this.#node = node;
  }

  /** Its last lines, at most 300. The array is another one when there are more. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Takes the whole file as it is now, and gives the events of what is new in it. */
  read(file: Uint8Array): NodeEvent[] {
    const head = this.#decoder.decode(file.subarray(0, Math.min(HEAD_BYTES, this.#readBytes)));
    if (file.length < this.#readBytes || head !== this.#head) this.#beginAnew();
    const end = file.lastIndexOf(0x0a) + 1;
    if (end <= this.#readBytes) return [];
    const lines = this.#decoder.decode(file.subarray(this.#readBytes, end - 1)).split('\n');
    this.#readBytes = end;
    this.#head = this.#decoder.decode(file.subarray(0, Math.min(HEAD_BYTES, end)));
    this.#lines = [...this.#lines, ...lines].slice(-MOST_LINES);
    return lines.flatMap((line) => this.#eventsOf(line));
  }

  #beginAnew(): void {
    this.#readBytes = 0;
    this.#head = '';
    this.#lines = [];
  }

  #eventsOf(line: string): NodeEvent[] {
    const parsed = parseLogLine(line);
    const event = parsed && eventOfLine(this.#node, parsed);
    if (!event) return [];
    if (event.label === 'stop') this.#begun = false;
    if (event.label !== 'start') return [event];
    // SIGKILL and a power failure leave no word: that they were there shows when the next process begins.
    const killed: NodeEvent = {
      node: this.#node,
      atMs: event.atMs,
      group: 'process',
      label: 'was killed',
      text: 'the process before this one logged no shutdown: it was killed',
    };
    const events = this.#begun ? [killed, event] : [event];
    this.#begun = true;
    return events;
  }
}
