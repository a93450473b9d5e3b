import type { RespValue } from '../../../wasm-redis/resp/value.ts';

/** Longer texts are cut; the bytes are there to be looked at. */
const LONGEST_TEXT = 200;
const MOST_ITEMS = 30;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A command as one would type it: words in quotes where they need them. Undefined for what is no command. */
export function commandWords(value: RespValue): string[] | undefined {
  if (value.kind !== 'array' || value.items.length === 0) return undefined;
  const words = value.items.map((item) => (item.kind === 'bulk' ? item.bytes : undefined));
  if (words.some((word) => word === undefined)) return undefined;
  const shown = words.slice(0, MOST_ITEMS).map((word) => wordOf(word!));
  return words.length > MOST_ITEMS ? [...shown, `... ${words.length - MOST_ITEMS} more`] : shown;
}

/** A reply in one line. */
export function replyWords(value: RespValue): string {
  switch (value.kind) {
    case 'simple':
      return value.text;
    case 'error':
      return cut(value.text);
    case 'integer':
    case 'big-number':
      return `(integer) ${value.value}`;
    case 'double':
      return `(double) ${value.value}`;
    case 'boolean':
      return value.value ? '(true)' : '(false)';
    case 'null':
      return '(nil)';
    case 'bulk':
    case 'verbatim':
      return quoted(value.bytes);
    case 'map':
      return `{${listed(value.entries.map(([key, item]) => `${replyWords(key)}: ${replyWords(item)}`))}}`;
    default:
      return `${value.kind === 'array' ? '' : `${value.kind} `}[${listed(value.items.map(replyWords))}]`;
  }
}

/** Bytes as text between quotes, as redis-cli shows them. */
export function quoted(bytes: Uint8Array): string {
  const text = textOf(bytes.subarray(0, LONGEST_TEXT));
  return bytes.length > LONGEST_TEXT ? `"${text}"... ${bytes.length} bytes` : `"${text}"`;
}

function wordOf(bytes: Uint8Array): string {
  const word = quoted(bytes);
  return /^"[^\s"'\\]+"$/.test(word) ? word.slice(1, -1) : word;
}

function textOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/g, escaped);
  }
  // Controls, marks of direction, and other ends of a line: what a line of text cannot show.
  return text.replace(/["\\]/g, '\\$&').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  const code = character.codePointAt(0) ?? 0;
  return known ?? (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
}

function listed(items: readonly string[]): string {
  const shown = items.slice(0, MOST_ITEMS).join(', ');
  return items.length > MOST_ITEMS ? `${shown}, ... ${items.length - MOST_ITEMS} more` : shown;
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}
