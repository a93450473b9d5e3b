/**
 * A reply of RESP2 or RESP3, as the protocol types it. `error` is data like any other; a null is the same whether it
 * came as `$-1`, `*-1` or `_`.
 */
export type RespValue = RespBody & {
  /** RESP3 attributes (`|`) that came before this value. */
  attributes?: readonly RespEntry[];
};

export type RespBody =
  | { kind: 'simple'; text: string }
  | { kind: 'error'; text: string }
  /** A number where that is exact, else a bigint. */
  | { kind: 'integer'; value: number | bigint }
  | { kind: 'bulk'; bytes: Uint8Array }
  | { kind: 'null' }
  | { kind: 'double'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'big-number'; value: bigint }
  /** `format` is three letters: txt or mkd. */
  | { kind: 'verbatim'; format: string; bytes: Uint8Array }
  | { kind: 'array' | 'set' | 'push'; items: readonly RespValue[] }
  | { kind: 'map'; entries: readonly RespEntry[] };

export type RespEntry = readonly [key: RespValue, value: RespValue];
