import { RespParser } from '../resp/parser.ts';
import { plain } from '../resp/plain.ts';
import { type Row } from './rows.ts';

const LINE_FEED = 10;

/**
 * Counts the replies to one row's command on one connection. The first batch is parsed and every reply in it checked;
 * after that replies are counted by their length or their lines, and each must be of the first one's type.
 */
export class ReplyCounter {
  readonly #row: Row;
  readonly #parser = new RespParser();
  readonly #checked: number;
  #complete = 0;
  #bytes = 0;
  #lines = 0;
  #lengthOfOne = 0;
  #type = 0;
  #atStart = true;

  /** @param checked how many replies are parsed before the rest is counted; pieces must not go past that number */
  constructor(row: Row, checked: number) {
    this.#row = row;
    this.#checked = checked;
  }

  /** Takes received bytes and returns how many replies are complete by now. Throws if one is not what it must be. */
  push(piece: Uint8Array, count: number): number {
    if (this.#complete < this.#checked) return this.#check(piece.slice(0, count));
    if (this.#atStart && piece[0] !== this.#type) throw new Error(`${this.#row.name}: unexpected ${excerpt(piece)}.`);
    if (this.#row.reply.kind === 'same-length') {
      this.#bytes += count;
      const whole = Math.floor(this.#bytes / this.#lengthOfOne);
      this.#atStart = this.#bytes === whole * this.#lengthOfOne;
      return this.#checked + whole;
    }
    for (let at = 0; at < count; at++) if (piece[at] === LINE_FEED) this.#lines++;
    const whole = Math.floor(this.#lines / this.#row.reply.count);
    this.#atStart = piece[count - 1] === LINE_FEED && this.#lines === whole * this.#row.reply.count;
    return this.#checked + whole;
  }

  #check(piece: Uint8Array): number {
    this.#type ||= piece[0]!;
    this.#bytes += piece.length;
    for (const reply of this.#parser.push(piece)) {
      const value = plain(reply);
      if (!this.#row.isRight(value)) throw new Error(`${this.#row.name}: unexpected reply ${JSON.stringify(value)}.`);
      this.#complete++;
    }
    if (this.#complete > this.#checked) throw new Error(`${this.#row.name}: more replies than requests.`);
    if (this.#complete === this.#checked) {
      this.#lengthOfOne = this.#bytes / this.#complete;
      this.#bytes = 0;
    }
    return this.#complete;
  }
}

function excerpt(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 60)));
}
