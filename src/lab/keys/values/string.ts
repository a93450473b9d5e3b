import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import { bytesOf, escaped, isPlainText, parseEscaped, textOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { fromBits, fromHex, toBits, toHex } from '../hex.ts';
import { CHUNK_BYTES } from '../page-size.ts';

/** How the bytes of a string are shown, and typed. */
export const STRING_FORMS = ['text', 'JSON', 'hex', 'bits'] as const;
export type StringForm = (typeof STRING_FORMS)[number];

/** What was typed is no value in this form. */
export class FormError extends Error {
  override readonly name = 'FormError';
}

/**
 * The text for an editor. As text, bytes that a text field would change stand as escapes (`hasEscapes`). JSON is set out in
 * lines, number for number as it was written.
 */
export function showString(bytes: Uint8Array, form: StringForm): string {
  switch (form) {
    case 'text':
      return hasEscapes(bytes) ? escaped(bytes) : (textOf(bytes) ?? '');
    case 'JSON':
      return prettyJson(textOf(bytes) ?? '');
    case 'hex':
      return toHex(bytes);
    case 'bits':
      return toBits(bytes);
  }
}

/** Whether the text of these bytes is written with escapes, as `\xff`. */
export function hasEscapes(bytes: Uint8Array): boolean {
  return !isPlainText(bytes);
}

/**
 * The bytes that were typed. JSON is checked and written without spaces between. Throws an error in words (`EscapeError`,
 * `DigitsError`, `FormError`) for what means no bytes.
 *
 * @param escapes as the text was shown
 */
export function readString(text: string, form: StringForm, escapes: boolean): Uint8Array {
  switch (form) {
    case 'text':
      return escapes ? parseEscaped(text) : bytesOf(text);
    case 'JSON':
      checkJson(text);
      return bytesOf(compactJson(text));
    case 'hex':
      return fromHex(text);
    case 'bits':
      return fromBits(text);
  }
}

/** Whether the bytes are JSON: an object or an array, because every number is JSON too. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  if (text === undefined || !/^\s*[[{]/.test(text)) return false;
  try {
    checkJson(text);
    return true;
  } catch (error) {
    if (error instanceof FormError) return false;
    throw error;
  }
}

/** Reads a piece of a string and its length. */
export function stringCommands(key: Argument, from: number): Command[] {
  return [
    ['STRLEN', key],
    ['GETRANGE', key, from, from + CHUNK_BYTES - 1],
  ];
}

/**
 * Writes a piece back. A string that is shown whole is set anew and keeps its time to live; of a longer one the piece is
 * overwritten, which cannot make it shorter or longer. Throws a `FormError` for that.
 *
 * @param was the piece as it was read, from the byte `from`, of `length` bytes in all
 */
export function writeString(
  key: Argument,
  bytes: Uint8Array,
  { was, from, length }: { was: Uint8Array; from: number; length: number },
): Command {
  if (was.length === length) return ['SET', key, bytes, 'KEEPTTL'];
  if (bytes.length === was.length) return ['SETRANGE', key, from, bytes];
  throw new FormError(
    `This is a piece of a long string: expected ${was.length} bytes, as before, found ${bytes.length}. APPEND in a terminal makes it longer.`,
  );
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new FormError(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Strings, and what stands between them; `JSON.parse` would round large numbers and drop doubled keys. */
const JSON_PARTS = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs;

function compactJson(text: string): string {
  return (text.match(JSON_PARTS) ?? []).join('');
}

/** The text itself if it is not JSON. */
function prettyJson(text: string): string {
  try {
    checkJson(text);
  } catch (error) {
    if (error instanceof FormError) return text;
    throw error;
  }
  let shown = '';
  let depth = 0;
  let before = '';
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const [part] of text.matchAll(JSON_PARTS)) {
    const opened = before === '{' || before === '[';
    if (part === '}' || part === ']') {
      depth--;
      shown += opened ? part : line() + part;
    } else {
      if (opened || before === ',') shown += line();
      shown += part === ':' ? ': ' : part;
      if (part === '{' || part === '[') depth++;
    }
    before = part;
  }
  return shown;
}
