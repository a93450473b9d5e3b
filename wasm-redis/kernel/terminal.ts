import { ERRNO, POLL, TERMIOS } from '../build/abi.ts';
import { ByteQueue } from './byte-queue.ts';
import { OpenFile } from './open-file.ts';
import { OutputSink, type SinkListener } from './output-sink.ts';
import type { Snapshot } from './snapshot.ts';

const NEWLINE = 10;
const RETURN = 13;
/** Typed ahead and not read, as in Linux (N_TTY_BUF_SIZE); what comes then is lost with a bell. */
const INPUT_BYTES = 4096;
/** A paste in raw mode is read as fast as it comes; this only bounds a program that never reads. */
const RAW_INPUT_BYTES = 1024 * 1024;
/** What a screen can be painted again from. */
const SHOWN_BYTES = 64 * 1024;

export interface TerminalModes {
  input: number;
  output: number;
  control: number;
  local: number;
  characters: Uint8Array;
}

/** What a terminal tells the rest of the machine. */
export interface TerminalEvents {
  onOutput: SinkListener;
  /** There is output to flush. */
  onPending: (sink: OutputSink) => void;
  /** A key that means a signal was typed (ISIG). */
  onSignal: (signal: 'SIGINT' | 'SIGQUIT') => void;
}

/**
 * A terminal: the line discipline of termios(4) between keys and screen on one side and programs on the other.
 * Canonical mode edits a line (erase, kill, end of file) and echoes it; raw mode, which linenoise sets, passes keys on.
 */
export class Terminal extends OpenFile {
  readonly type = 'character';
  columns: number;
  rows: number;
  modes: TerminalModes = cookedModes();
  readonly sink: OutputSink;
  readonly #events: TerminalEvents;
  readonly #input = new ByteQueue(RAW_INPUT_BYTES);
  #line: number[] = [];
  #endOfFile = false;
  #hungUp = false;

  constructor(columns: number, rows: number, events: TerminalEvents) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.#events = events;
    this.sink = new OutputSink(events.onOutput, () => this.notify(), SHOWN_BYTES);
  }

  /** Keys arrive. */
  press(bytes: Uint8Array): void {
    for (const byte of bytes) this.#key(byte);
    this.notify();
  }

  /** What nobody has read, half a line too. */
  takeTyped(): Uint8Array {
    this.#endLine();
    const typed = this.#input.readAll();
    this.notify();
    return typed;
  }

  hangUp(): void {
    this.#hungUp = true;
    this.notify();
  }

  /**
   * Sets the modes, as tcsetattr(3). TCSAFLUSH would drop what was typed ahead; linenoise asks for it around every line,
   * which would lose all but the first line of a paste. Here nothing that was typed is lost.
   */
  setModes(modes: TerminalModes): void {
    const wasCanonical = this.#has(TERMIOS.ICANON);
    const translated = (this.modes.input & TERMIOS.ICRNL) !== 0;
    this.modes = modes;
    if (wasCanonical && !this.#has(TERMIOS.ICANON)) this.#handOver(translated);
  }

  /**
   * What was typed ahead in canonical mode, half a line too, belongs to whoever reads raw now. Such a reader waits for the
   * key that was pressed at the end of a line, not for the newline that it was translated to.
   */
  #handOver(translated: boolean): void {
    this.#endLine();
    if (!translated) return;
    const typed = this.#input.readAll().map((byte) => (byte === NEWLINE ? RETURN : byte));
    this.#input.write(typed, 0, typed.length);
  }

  read(into: Uint8Array, start: number, count: number): number {
    if (this.#input.length > 0) {
      if (!this.#has(TERMIOS.ICANON)) return this.#input.read(into, start, count);
      return this.#readLine(into, start, count);
    }
    if (this.#hungUp) return 0;
    if (this.#endOfFile) {
      this.#endOfFile = false;
      return 0;
    }
    return -ERRNO.EAGAIN;
  }

  write(from: Uint8Array, start: number, count: number): number {
    if (this.#hungUp) return -ERRNO.EIO;
    if (this.sink.full) return -ERRNO.EAGAIN;
    const taken = Math.min(count, this.sink.space);
    this.#show(from, start, taken);
    return taken;
  }

  readiness(): number {
    const readable = this.#input.length > 0 || this.#endOfFile || this.#hungUp;
    return (readable ? POLL.POLLIN : 0) | (this.sink.full ? 0 : POLL.POLLOUT) | (this.#hungUp ? POLL.POLLHUP : 0);
  }

  protected onLastClose(): void {}

  /** All but its size: that is the window's, which nobody takes back. */
  override remember(snapshot: Snapshot): () => void {
    snapshot.add(this.sink);
    const { modes } = this;
    const line = [...this.#line];
    const [endOfFile, hungUp] = [this.#endOfFile, this.#hungUp];
    const restores = [super.remember(snapshot), this.#input.remember()];
    return () => {
      for (const restore of restores) restore();
      this.modes = modes;
      this.#line = [...line];
      this.#endOfFile = endOfFile;
      this.#hungUp = hungUp;
    };
  }

  #has(flag: number): boolean {
    return (this.modes.local & flag) !== 0;
  }

  #is(byte: number, character: number): boolean {
    const bound = this.modes.characters[character];
    return bound !== 0 && byte === bound;
  }

  #key(typed: number): void {
    const byte = typed === RETURN && this.modes.input & TERMIOS.ICRNL ? NEWLINE : typed;
    if (this.#has(TERMIOS.ISIG) && (this.#is(byte, TERMIOS.VINTR) || this.#is(byte, TERMIOS.VQUIT))) {
      this.#line = [];
      this.#input.clear();
      this.#echo(byte);
      this.#events.onSignal(this.#is(byte, TERMIOS.VINTR) ? 'SIGINT' : 'SIGQUIT');
    } else if (!this.#has(TERMIOS.ICANON)) {
      this.#input.write(Uint8Array.of(byte), 0, 1);
    } else this.#editLine(byte);
  }

  #editLine(byte: number): void {
    if (this.#is(byte, TERMIOS.VERASE) || byte === 8) {
      while (this.#line.length > 0 && isContinuation(this.#line.at(-1)!)) this.#line.pop();
      if (this.#line.pop() !== undefined && this.#has(TERMIOS.ECHO)) this.#showText('\b \b');
    } else if (this.#is(byte, TERMIOS.VKILL)) {
      if (this.#has(TERMIOS.ECHO)) this.#showText('\b \b'.repeat(this.#line.filter((b) => !isContinuation(b)).length));
      this.#line = [];
    } else if (this.#is(byte, TERMIOS.VEOF)) {
      if (this.#line.length === 0) this.#endOfFile = true;
      this.#endLine();
    } else if (this.#line.length >= INPUT_BYTES && byte !== NEWLINE) {
      this.#showText('\x07');
    } else {
      this.#line.push(byte);
      this.#echo(byte);
      if (byte === NEWLINE) this.#endLine();
    }
  }

  #endLine(): void {
    this.#input.write(Uint8Array.from(this.#line), 0, this.#line.length);
    this.#line = [];
  }

  /** Canonical reads give one line at a time. */
  #readLine(into: Uint8Array, start: number, count: number): number {
    let taken = 0;
    while (taken < count && this.#input.read(into, start + taken, 1) === 1) {
      if (into[start + taken++] === NEWLINE) break;
    }
    return taken;
  }

  #echo(byte: number): void {
    if (!this.#has(TERMIOS.ECHO)) return;
    if (byte < 32 && byte !== NEWLINE && byte !== 9) this.#showText(`^${String.fromCharCode(byte + 64)}`);
    else this.#show(Uint8Array.of(byte), 0, 1);
  }

  #showText(text: string): void {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    this.#show(bytes, 0, bytes.length);
  }

  /** Output processing: a newline also returns the carriage (ONLCR). */
  #show(from: Uint8Array, start: number, count: number): void {
    if (!this.sink.pending) this.#events.onPending(this.sink);
    const translate = (this.modes.output & TERMIOS.OPOST) !== 0 && (this.modes.output & TERMIOS.ONLCR) !== 0;
    let shown = start;
    if (translate) {
      for (let at = start; at < start + count; at++) {
        if (from[at] !== NEWLINE) continue;
        this.sink.write(from, shown, at - shown);
        this.sink.write(CARRIAGE_RETURN, 0, 1);
        shown = at;
      }
    }
    this.sink.write(from, shown, start + count - shown);
  }
}

const CARRIAGE_RETURN = Uint8Array.of(RETURN);

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The modes of a new terminal, as `stty sane` sets them. */
function cookedModes(): TerminalModes {
  const characters = new Uint8Array(TERMIOS.NCCS);
  characters[TERMIOS.VINTR] = 3;
  characters[TERMIOS.VQUIT] = 28;
  characters[TERMIOS.VERASE] = 127;
  characters[TERMIOS.VKILL] = 21;
  characters[TERMIOS.VEOF] = 4;
  characters[TERMIOS.VMIN] = 1;
  return {
    input: TERMIOS.ICRNL | TERMIOS.IXON,
    output: TERMIOS.OPOST | TERMIOS.ONLCR,
    control: TERMIOS.CS8 | TERMIOS.CREAD,
    local: TERMIOS.ISIG | TERMIOS.ICANON | TERMIOS.ECHO | TERMIOS.ECHOE | TERMIOS.ECHOK,
    characters,
  };
}
