import type { RespValue } from '../../../wasm-redis/resp/value.ts';

/** The server has answered with an error. Its text begins with a word in capitals, as `WRONGTYPE`. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  /** The first word: `WRONGTYPE`, `ERR`. */
  get code(): string {
    return this.message.split(' ', 1)[0] ?? '';
  }
}

/** The reply, unless it is an error. Throws a `ReplyError`. */
export function accept(reply: RespValue | undefined): RespValue {
  if (reply === undefined) throw new ReplyError('ERR no reply');
  if (reply.kind === 'error') throw new ReplyError(reply.text);
  return reply;
}

/** The bytes of a string; those of the digits of a number. Nothing of others. Throws a `ReplyError` for an error. */
export function bytesIn(reply: RespValue | undefined): Uint8Array {
  const value = accept(reply);
  if (value.kind === 'bulk' || value.kind === 'verbatim') return value.bytes;
  return new TextEncoder().encode(textIn(value));
}

/** The text of a string or number; empty for null. Throws a `ReplyError` for an error. */
export function textIn(reply: RespValue | undefined): string {
  const value = accept(reply);
  switch (value.kind) {
    case 'simple':
      return value.text;
    case 'bulk':
    case 'verbatim':
      return new TextDecoder().decode(value.bytes);
    case 'integer':
    case 'big-number':
    case 'boolean':
      return String(value.value);
    case 'double':
      return scoreText(value.value);
    default:
      return '';
  }
}

/** The number; 0 for null. Throws a `ReplyError` for an error. */
export function numberIn(reply: RespValue | undefined): number {
  const value = accept(reply);
  if (value.kind === 'null') return 0;
  return value.kind === 'double' ? value.value : Number(textIn(value).replace(/^(-?)inf$/, '$1Infinity'));
}

/** The items of an array or a set; none for null. Throws a `ReplyError` for an error. */
export function itemsIn(reply: RespValue | undefined): readonly RespValue[] {
  const value = accept(reply);
  return value.kind === 'array' || value.kind === 'set' || value.kind === 'push' ? value.items : [];
}

/** The entries of a map, by their names, whether RESP3 sent it as one or RESP2 as an array. */
export function fieldsIn(reply: RespValue | undefined): ReadonlyMap<string, RespValue> {
  const value = accept(reply);
  if (value.kind === 'map') return new Map(value.entries.map(([name, item]) => [textIn(name), item]));
  return new Map(pairsIn(value).map(([name, item]) => [textIn(name), item]));
}

/** The items two by two, whether they came flat, as pairs or as a map. */
export function pairsIn(reply: RespValue | undefined): (readonly [RespValue, RespValue])[] {
  const value = accept(reply);
  if (value.kind === 'map') return [...value.entries];
  const items = itemsIn(value);
  if (items[0]?.kind === 'array') return items.map((item) => [itemsIn(item)[0]!, itemsIn(item)[1]!] as const);
  return Array.from({ length: items.length / 2 }, (_, at) => [items[2 * at]!, items[2 * at + 1]!] as const);
}

/** A score as Redis writes it: `inf`, `-inf`, else the shortest digits that mean it. */
export function scoreText(score: number): string {
  if (Number.isFinite(score)) return Object.is(score, -0) ? '-0' : String(score);
  return score > 0 ? 'inf' : '-inf';
}
