import { bytesOf, idOf } from './bytes.ts';
import type { Command } from './command-text.ts';
import type { KeyConnection } from './key-connection.ts';
import type { KeySpace } from './key-space.ts';
import { bytesIn, itemsIn, numberIn, textIn } from './reply.ts';

/** What SCAN is asked for. */
export interface ScanQuery {
  /** A glob pattern; empty for all keys. */
  match: string;
  /** As TYPE names it; empty for all. */
  type: string;
  /** How many keys a call shall look at. */
  count: number;
}

/** Calls of SCAN for one press of a button: the page stays responsive, and the server is not kept busy. */
const CALLS_PER_BATCH = 10;

/** More than this are not listed: a pattern finds better than scrolling. */
export const MOST_KEYS = 50_000;

/** Goes through the keys of a server, or of each primary in turn, by SCAN, in batches. */
export class KeyScan {
  readonly query: ScanQuery;
  /** About how many keys the calls so far have looked at: SCAN itself may look at a few more than COUNT. */
  lookedAt = 0;
  /** Of all servers, when the scan began. */
  total = 0;
  /** Whether every server's cursor has come back to 0. */
  done = false;
  /** How many batches have been asked for, so that the same can be had again. */
  batches = 0;
  readonly #space: KeySpace;
  #sources: KeyConnection[] | undefined;
  #cursor = '0';

  constructor(space: KeySpace, query: ScanQuery) {
    this.#space = space;
    this.query = query;
  }

  /**
   * The next batch: ids of keys, some perhaps twice, perhaps none although there are more (a pattern may match late). Ends
   * after ten calls, or when as many keys as COUNT were found. Rejects with a `ReplyError` or a `NoAnswerError`; the
   * scan can then be tried on from the same place.
   */
  async next(): Promise<string[]> {
    this.#sources ??= await this.#begin();
    const found: string[] = [];
    // When all have been looked at, the last call or two bring the cursor back to 0.
    const enough = (): boolean => found.length >= this.query.count && this.lookedAt < this.total;
    for (let call = 0; call < CALLS_PER_BATCH && !enough(); call++) {
      const source = this.#sources[0];
      if (!source) break;
      const [reply] = await source.ask([this.#command()]);
      const [cursor, keys] = itemsIn(reply);
      for (const key of itemsIn(keys)) found.push(idOf(bytesIn(key)));
      this.lookedAt = Math.min(this.lookedAt + this.query.count, this.total);
      this.#cursor = textIn(cursor);
      if (this.#cursor === '0') this.#sources.shift();
      if (this.#sources.length === 0) {
        this.done = true;
        this.lookedAt = this.total;
        break;
      }
    }
    this.batches++;
    return found;
  }

  async #begin(): Promise<KeyConnection[]> {
    const sources = await this.#space.sources();
    const sizes = await Promise.all(sources.map((source) => source.ask([['DBSIZE']])));
    this.total = sizes.reduce((sum, [size]) => sum + numberIn(size), 0);
    this.done = sources.length === 0;
    return sources;
  }

  #command(): Command {
    const { match, type, count } = this.query;
    return [
      'SCAN',
      this.#cursor,
      ...(match === '' ? [] : ['MATCH', bytesOf(match)]),
      'COUNT',
      count,
      ...(type === '' ? [] : ['TYPE', type]),
    ];
  }
}
