import type { Captured, Segment, SegmentEnd } from '../../../wasm-redis/machine.ts';
import { Conversation } from './conversation.ts';
import type { Message, MessageKind } from './message.ts';

/** Something that passed on the wire: a message, or an event of TCP. */
export interface WireRow {
  /** Counts up; never used twice. */
  id: number;
  uptimeMs: number;
  connection: number;
  from: SegmentEnd;
  to: SegmentEnd;
  kind: MessageKind | 'tcp';
  summary: string;
  details: Message['details'];
  offset: number;
  byteCount: number;
  bytes: Uint8Array;
  /** The link was cut: the other end has not got it yet. */
  lost: boolean;
  /** A connection that the page made itself, such as the panels'. */
  outside: boolean;
}

/** Rows to look through, and what is kept for the capture file. */
const MOST_ROWS = 3000;
const MOST_SEGMENTS = 40_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** What may wait to be read: as much as the kernel's ring holds. */
const MOST_WAITING = 16 * 1024;
/** What one `read` reads, in bytes, each message counting for so many more: 1 to 5 ms of work. */
const READ_UNITS = 32 * 1024;
const MESSAGE_UNITS = 300;

/** What has passed since it was made or cleared: rows, the segments that they came from, and how many are gone. */
export class WireLog {
  readonly #conversations = new Map<number, Conversation>();
  /** Node ids of a cluster, as the messages of the bus give them away. */
  readonly #hostsById = new Map<string, string>();
  #rows: WireRow[] = [];
  #segments: Segment[] = [];
  /** Of `segments`, the first that has not been read. */
  #read = 0;
  #byteCount = 0;
  #dropped = 0;
  #skipped = 0;
  #nextId = 1;
  #connectedAt = new Map<number, number>();

  get rows(): readonly WireRow[] {
    return this.#rows;
  }

  /** The oldest first, for a capture file. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** Segments that are not in `segments` any more, or never were: the capture had no room for them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Segments that were never read: more came than can be looked at. */
  get skipped(): number {
    return this.#skipped;
  }

  /** The host of a node of a cluster by its id; undefined while it has not spoken. */
  hostOf(id: string): string | undefined {
    return this.#hostsById.get(id);
  }

  /** Whether segments wait to be read. */
  get behind(): boolean {
    return this.#read < this.#segments.length;
  }

  /** Takes what has been captured. Of very much the oldest is never read; its connections have a gap then. */
  add({ segments, dropped }: Captured): void {
    this.#dropped += dropped;
    for (const segment of segments) {
      this.#segments.push(segment);
      this.#byteCount += segment.bytes.length;
    }
    this.#skipTo(this.#segments.length - MOST_WAITING);
    let surplus = Math.max(0, this.#segments.length - MOST_SEGMENTS);
    for (let at = 0; at < surplus || this.#byteCount > MOST_BYTES; at++) {
      this.#byteCount -= this.#segments[at]!.bytes.length;
      surplus = Math.max(surplus, at + 1);
    }
    if (surplus === 0) return;
    this.#segments = this.#segments.slice(surplus);
    this.#read = Math.max(0, this.#read - surplus);
    this.#dropped += surplus;
  }

  /** Leaves all unread but the newest, as much of them as `units` (see `read`) allow, and one at least. */
  skipTail(units: number): void {
    let at = this.#segments.length;
    for (let left = units; at > this.#read && left > 0; left -= MESSAGE_UNITS + this.#segments[at]!.bytes.length) at--;
    this.#skipTo(at);
  }

  #skipTo(at: number): void {
    if (at <= this.#read) return;
    this.#skipped += at - this.#read;
    this.#read = at;
  }

  /**
   * Reads on, and returns the rows that are new.
   *
   * @param units when to stop, so that a page is not kept from all else; see `behind`
   */
  read(units = READ_UNITS): WireRow[] {
    const rows: WireRow[] = [];
    for (let left = units; left > 0 && this.behind; this.#read++) {
      const segment = this.#segments[this.#read]!;
      const found = this.#rowsOf(segment);
      left -= segment.bytes.length + found.length * MESSAGE_UNITS;
      for (const row of found) rows.push(row);
    }
    this.#rows = [...this.#rows, ...rows.slice(-MOST_ROWS)].slice(-MOST_ROWS);
    return rows;
  }

  /** Forgets what has been seen; connections that are open go on. */
  clear(): void {
    this.#rows = [];
    this.#segments = [];
    this.#byteCount = this.#dropped = this.#skipped = this.#read = 0;
  }

  #rowsOf(segment: Segment): WireRow[] {
    const { uptimeMs, connection, from, to, lost, offset, byteCount } = segment;
    const common = { uptimeMs, connection, from, to, lost, outside: from.outside || to.outside };
    const messages = this.#conversationOf(segment)?.add(segment) ?? [];
    const rows: WireRow[] = messages.map((message) => ({ ...common, ...message, id: this.#nextId++ }));
    for (const row of rows) {
      const sender = row.kind === 'bus' ? row.details.find(([name]) => name === 'sender')?.[1] : undefined;
      if (sender) this.#hostsById.set(sender, from.host);
    }
    const event = this.#eventOf(segment);
    const empty = { details: [], offset, byteCount, bytes: new Uint8Array(0) };
    if (event !== undefined) rows.push({ ...common, ...empty, id: this.#nextId++, kind: 'tcp', summary: event });
    return rows;
  }

  /** Of a segment that begins or continues a conversation; one of whose ends both have spoken their last is forgotten. */
  #conversationOf({ kind, connection }: Segment): Conversation | undefined {
    const known = this.#conversations.get(connection);
    if (kind === 'connect' || kind === 'data') {
      const conversation = known ?? new Conversation();
      this.#conversations.set(connection, conversation);
      return conversation;
    }
    const over = kind === 'reset' || kind === 'refused' || (kind === 'end' && known?.ended);
    if (over) this.#conversations.delete(connection);
    else if (kind === 'end' && known) known.ended = true;
    return undefined;
  }

  #eventOf({ kind, lost, again, byteCount, connection, uptimeMs }: Segment): string | undefined {
    const how = lost ? ' (lost)' : again ? ' (sent again)' : '';
    switch (kind) {
      case 'connect':
        this.#connectedAt.set(connection, uptimeMs);
        return `asks for a connection${how}`;
      case 'connected': {
        const askedMs = this.#connectedAt.get(connection);
        this.#connectedAt.delete(connection);
        return askedMs === uptimeMs ? undefined : 'accepts the connection';
      }
      case 'refused':
        return 'refuses the connection';
      case 'end':
        return `will send no more${how}`;
      case 'reset':
        return `resets the connection${how}`;
      case 'lost':
        return byteCount > 0 ? `${byteCount} bytes were lost on the way` : 'the end was lost on the way';
      case 'data':
        return again ? `${byteCount} bytes sent again` : undefined;
      case 'arrived':
        return undefined;
    }
  }
}
