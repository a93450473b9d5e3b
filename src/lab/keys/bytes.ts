/**
 * Keys and values are bytes, and a page shows text. Here bytes become text that can be read and typed, and back again
 * without the loss of one: what is no UTF-8, or cannot be seen, stands as redis-cli writes it between double quotes.
 */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Control characters, what a line would break at, and what is invisible or turns the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** The text of bytes that are UTF-8 throughout; undefined for others. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** One character for each byte: a form of bytes that can be compared, and be the key of a `Map`. */
export function idOf(bytes: Uint8Array): string {
  let id = '';
  // In pieces: an argument list has a limit.
  for (let at = 0; at < bytes.length; at += 8192) id += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return id;
}

export function bytesOfId(id: string): Uint8Array {
  return Uint8Array.from(id, (character) => character.charCodeAt(0));
}

/**
 * Bytes as one line: characters as they are, `\\`, `\n`, `\r`, `\t`, and `\xHH` for bytes that are no character or cannot be
 * seen. `parseEscaped` takes it back.
 */
export function escaped(bytes: Uint8Array): string {
  const whole = textOf(bytes);
  if (whole !== undefined && !whole.includes('\\') && !UNSEEN.test(whole)) return whole;
  let shown = '';
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    const character = length > 0 ? textOf(bytes.subarray(at, at + length)) : undefined;
    if (character === undefined) {
      shown += hexEscape(bytes[at]!);
      at += 1;
    } else {
      shown += NAMED[character] ?? (UNSEEN.test(character) ? idEscape(bytes.subarray(at, at + length)) : character);
      at += length;
    }
  }
  return shown;
}

/** A backslash in what was typed is followed by something that no escape begins with. */
export class EscapeError extends Error {
  override readonly name = 'EscapeError';
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t', '"': '"' };
const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The bytes that a line stands for, as `escaped` writes it. Throws an `EscapeError` where a backslash means nothing. */
export function parseEscaped(line: string): Uint8Array {
  const parts: number[] = [];
  for (const [whole, hex, named] of line.matchAll(/\\x([0-9a-f]{2})|\\(.?)|[^\\]+/gisu)) {
    if (hex !== undefined) {
      parts.push(Number.parseInt(hex, 16));
    } else if (named === undefined) {
      for (const byte of encoder.encode(whole)) parts.push(byte);
    } else {
      const meant = ESCAPES[named];
      if (meant === undefined) {
        throw new EscapeError(
          `expected \\\\, \\n, \\r, \\t or \\x and two hex digits, found ${whole}. For a backslash, type two.`,
        );
      }
      for (const byte of encoder.encode(meant)) parts.push(byte);
    }
  }
  return Uint8Array.from(parts);
}

/**
 * Whether a text field gives back exactly these bytes: they are UTF-8, and have no carriage return (which a field turns
 * into a line feed) and no other control character but line feed and tab.
 */
export function isPlainText(bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  return text !== undefined && !/[^\P{Cc}\n\t]/u.test(text);
}

/** Whether two byte strings are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** 0 for a byte that begins no character of UTF-8. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  return at + length <= bytes.length ? length : 0;
}

function hexEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

function idEscape(bytes: Uint8Array): string {
  return Array.from(bytes, hexEscape).join('');
}
