import { type RespEntry, type RespValue } from './value.ts';

/** A reply as JavaScript has it at hand. Errors keep a wrapping, so that they cannot be taken for strings. */
export type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | { readonly error: string }
  | readonly Plain[]
  | ReadonlySet<Plain>
  | ReadonlyMap<Plain, Plain>;

const decoder = new TextDecoder();

/**
 * Drops what distinguishes kinds of strings and of arrays: simple, bulk and verbatim strings become strings (broken
 * UTF-8 shows as U+FFFD), arrays and pushes arrays, sets `Set`, maps `Map`.
 */
export function plain(value: RespValue): Plain {
  switch (value.kind) {
    case 'simple':
      return value.text;
    case 'bulk':
    case 'verbatim':
      return decoder.decode(value.bytes);
    case 'error':
      return { error: value.text };
    case 'null':
      return null;
    case 'integer':
    case 'double':
    case 'boolean':
    case 'big-number':
      return value.value;
    case 'array':
    case 'push':
      return value.items.map(plain);
    case 'set':
      return new Set(value.items.map(plain));
    case 'map':
      return new Map(value.entries.map(([key, item]: RespEntry) => [plain(key), plain(item)]));
  }
}
