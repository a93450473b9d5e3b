/**
 * A reply as it was on the wire: `$-1`, `*-1` and `_` are different, and so are `,1.5` and `,1.50`. The engine's RESP
 * client does not tell them apart, so the comparison reads for itself. Text is latin1: one character for each byte.
 */
export interface Reply {
  /** The whole line (`+OK`, `:1`, `$-1`), or for strings and collections its first character. */
  head: string;
  /** Content of `$` and `=`. */
  text?: string;
  /** Items of `*`, `~`, `>`; keys and values by turns of `%`; of `|` the attributes, then the value they belong to. */
  items?: Reply[];
}

/** What stands in a client's replies when its server has closed the connection. */
export const CLOSED: Reply = { head: 'closed' };

/** Cuts the bytes of one connection into replies. */
export class ReplyReader {
  /**
   * Pushes that came inside of a collection: upstream writes an invalidation into the middle of EXEC's reply, if the client
   * that it goes to is in EXEC. No item of the reply, it comes before it here.
   */
  #between: Reply[] = [];
  #text = '';
  #at = 0;

  /** Whether a reply has begun and not ended. */
  get partial(): boolean {
    return this.#text.length > 0;
  }

  /** Returns the replies that this piece completes. Throws at what is not RESP. */
  push(piece: Uint8Array): Reply[] {
    this.#text += Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    const replies: Reply[] = [];
    this.#at = 0;
    for (let done = 0; ; done = this.#at) {
      this.#between = [];
      const reply = this.#read();
      if (!reply) {
        this.#text = this.#text.slice(done);
        return replies;
      }
      replies.push(...this.#between, reply);
    }
  }

  #read(): Reply | undefined {
    const end = this.#text.indexOf('\r\n', this.#at);
    if (end < 0) return undefined;
    const line = this.#text.slice(this.#at, end);
    const kind = line.charAt(0);
    this.#at = end + 2;
    if ('+-:,#(_'.includes(kind) && kind !== '') return { head: line };
    const count = Number(line.slice(1));
    if (!'$=*~>%|!'.includes(kind) || kind === '' || !Number.isInteger(count) || count < -1) {
      throw new Error(`Expected a reply, found ${JSON.stringify(line.slice(0, 60))}.`);
    }
    if (count === -1) return { head: line };
    return '$=!'.includes(kind) ? this.#string(kind, count) : this.#collection(kind, count);
  }

  #string(head: string, length: number): Reply | undefined {
    const start = this.#at;
    this.#at += length + 2;
    if (this.#at > this.#text.length) return undefined;
    return { head, text: this.#text.slice(start, start + length) };
  }

  #collection(head: string, count: number): Reply | undefined {
    const items: Reply[] = [];
    const missing = head === '%' ? count * 2 : head === '|' ? count * 2 + 1 : count;
    while (items.length < missing) {
      const item = this.#read();
      if (!item) return undefined;
      (item.head === '>' ? this.#between : items).push(item);
    }
    return { head, items };
  }
}

/** A reply in one line: what is compared, and what a person reads in the report of a difference. */
export function render({ head, text, items }: Reply): string {
  if (text !== undefined) return `${head}${JSON.stringify(text)}`;
  if (items) return `${head}[${items.map(render).join(' ')}]`;
  return head;
}

export const isError = ({ head }: Reply): boolean => head.startsWith('-') || head === '!';

/** The words of a string, a status or an error; undefined for everything else. */
export function wordsOf({ head, text }: Reply): string | undefined {
  if (text !== undefined) return text;
  return head.startsWith('+') || head.startsWith('-') ? head.slice(1) : undefined;
}
