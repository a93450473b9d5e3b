import { ReceiveBuffer } from './receive-buffer.ts';
import { type RespBody, type RespEntry, type RespValue } from './value.ts';

/** The bytes are not RESP. The connection is of no use any more. */
export class RespError extends Error {
  override readonly name = 'RespError';
}

/** A collection whose items have not all arrived. */
interface Collection {
  kind: 'array' | 'set' | 'push' | 'map' | 'attribute';
  /** Items to come; a map has two for each entry. */
  missing: number;
  items: RespValue[];
  attributes: readonly RespEntry[] | undefined;
}

/** A string whose length is known. */
interface Text {
  kind: 'bulk' | 'verbatim' | 'error';
  length: number;
}

/**
 * Reads RESP2 and RESP3 replies from pieces of any size. What is not complete waits for the next piece; no byte is
 * read twice, so a reply in many pieces costs no more than one in one.
 */
export class RespParser {
  readonly #buffer = new ReceiveBuffer();
  readonly #open: Collection[] = [];
  #text: Text | undefined;
  #attributes: readonly RespEntry[] | undefined;

  /** Returns the replies that this piece has completed, in order. Throws `RespError`, then and at every later call. */
  push(piece: Uint8Array): RespValue[] {
    this.#buffer.append(piece);
    const complete: RespValue[] = [];
    for (;;) {
      const value = this.#text ? this.#finishText(this.#text) : this.#startValue();
      if (value === undefined) return complete;
      if (value === 'opened') continue;
      const whole = this.#collect(value);
      if (whole) complete.push(whole);
    }
  }

  #startValue(): RespValue | 'opened' | undefined {
    const line = this.#buffer.takeLine();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return this.#value({ kind: 'simple', text: rest });
      case '-':
        return this.#value({ kind: 'error', text: rest });
      case ':':
        return this.#value({ kind: 'integer', value: integer(rest) });
      case ',':
        return this.#value({ kind: 'double', value: double(rest) });
      case '#':
        if (rest !== 't' && rest !== 'f') throw unexpected('#t or #f', line);
        return this.#value({ kind: 'boolean', value: rest === 't' });
      case '(':
        return this.#value({ kind: 'big-number', value: bigInteger(rest) });
      case '_':
        return this.#value({ kind: 'null' });
      case '$':
        return this.#openText('bulk', rest);
      case '=':
        return this.#openText('verbatim', rest);
      case '!':
        return this.#openText('error', rest);
      case '*':
        return this.#openCollection('array', rest, 1);
      case '~':
        return this.#openCollection('set', rest, 1);
      case '>':
        return this.#openCollection('push', rest, 1);
      case '%':
        return this.#openCollection('map', rest, 2);
      case '|':
        return this.#openCollection('attribute', rest, 2);
      default:
        throw unexpected('a type, one of + - : , # ( _ $ = ! * ~ > % |', line);
    }
  }

  #openText(kind: Text['kind'], length: string): RespValue | 'opened' {
    const size = count(length);
    if (size < 0) return this.#value({ kind: 'null' });
    this.#text = { kind, length: size };
    return 'opened';
  }

  #finishText({ kind, length }: Text): RespValue | undefined {
    const taken = this.#buffer.takeBytes(length + 2);
    if (!taken) return undefined;
    if (taken[length] !== 13 || taken[length + 1] !== 10) {
      throw new RespError(
        `Expected CR LF after a string of ${length} bytes, found ${taken[length]} ${taken[length + 1]}.`,
      );
    }
    this.#text = undefined;
    const bytes = taken.subarray(0, length);
    if (kind === 'bulk') return this.#value({ kind, bytes });
    if (kind === 'error') return this.#value({ kind, text: decoder.decode(bytes) });
    return this.#value({ kind, format: decoder.decode(bytes.subarray(0, 3)), bytes: bytes.subarray(4) });
  }

  #openCollection(kind: Collection['kind'], length: string, itemsPerEntry: 1 | 2): RespValue | 'opened' {
    const size = count(length);
    if (size < 0) return this.#value({ kind: 'null' });
    this.#open.push({ kind, missing: size * itemsPerEntry, items: [], attributes: this.#attributes });
    this.#attributes = undefined;
    return size === 0 ? this.#close() : 'opened';
  }

  /** Puts a value where it belongs. Returns it if that is nowhere: a whole reply. */
  #collect(value: RespValue): RespValue | undefined {
    let item: RespValue | 'opened' = value;
    for (let parent = this.#open.at(-1); parent && item !== 'opened'; parent = this.#open.at(-1)) {
      parent.items.push(item);
      if (--parent.missing > 0) return undefined;
      item = this.#close();
    }
    return item === 'opened' ? undefined : item;
  }

  /** The innermost collection is complete. Attributes are no value: they wait for the one that they describe. */
  #close(): RespValue | 'opened' {
    const { kind, items, attributes } = this.#open.pop()!;
    this.#attributes = attributes;
    if (kind !== 'map' && kind !== 'attribute') return this.#value({ kind, items });
    const entries = pairs(items);
    if (kind === 'map') return this.#value({ kind, entries });
    this.#attributes = entries;
    return 'opened';
  }

  #value(body: RespBody): RespValue {
    const attributes = this.#attributes;
    this.#attributes = undefined;
    return attributes ? { ...body, attributes } : body;
  }
}

const decoder = new TextDecoder();

function pairs(items: readonly RespValue[]): RespEntry[] {
  return Array.from({ length: items.length / 2 }, (_, at) => [items[2 * at]!, items[2 * at + 1]!]);
}

/** -1 stands for null in RESP2. */
function count(text: string): number {
  if (!/^(-1|\d{1,10})$/.test(text)) throw unexpected('a length', text);
  return Number(text);
}

function integer(text: string): number | bigint {
  const exact = bigInteger(text);
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

function bigInteger(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw unexpected('an integer', text);
  return BigInt(text);
}

function double(text: string): number {
  if (text === 'inf') return Infinity;
  if (text === '-inf') return -Infinity;
  if (/^-?nan/.test(text)) return NaN;
  if (!/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) throw unexpected('a floating-point number', text);
  return Number(text);
}

function unexpected(wanted: string, found: string): RespError {
  const shown = JSON.stringify(found.length > 40 ? `${found.slice(0, 40)}...` : found);
  return new RespError(`Expected ${wanted}, found ${shown}. This is no RESP connection, or a reply was cut off.`);
}
