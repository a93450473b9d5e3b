import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import type { Command } from '../command-text.ts';
import { bytesIn, itemsIn, numberIn, pairsIn, textIn } from '../reply.ts';
import type { Page, PageQuery } from './page.ts';

export interface ScoredMember {
  rank: number;
  member: Uint8Array;
  /** As Redis writes it: `1.5`, `inf`. */
  score: string;
}

/** A score that is no number. */
export class ScoreError extends Error {
  override readonly name = 'ScoreError';
}

/** A page by rank, the lowest score first. */
export function sortedSetCommands(key: Argument, { from, count }: PageQuery): Command[] {
  const first = Number(from);
  return [
    ['ZCARD', key],
    ['ZRANGE', key, first, first + count - 1, 'WITHSCORES'],
  ];
}

/** Throws a `ReplyError`. */
export function readSortedSet([length, members]: readonly RespValue[], { from }: PageQuery): Page<ScoredMember> {
  const first = Number(from);
  const items = pairsIn(members).map(([member, score], at) => ({
    rank: first + at,
    member: bytesIn(member),
    score: textIn(score),
  }));
  const whole = numberIn(length);
  const end = first + items.length;
  return { items, length: whole, next: items.length > 0 && end < whole ? String(end) : undefined };
}

/** Adds a member or gives it another score. Throws a `ScoreError` in words before the server would refuse it. */
export function addScored(key: Argument, member: Uint8Array, score: string): Command[] {
  return [['ZADD', key, checkScore(score), member]];
}

export function removeScored(key: Argument, member: Uint8Array): Command[] {
  return [['ZREM', key, member]];
}

/** The score as typed, without space around it: Redis reads more digits than JavaScript would keep. */
export function checkScore(text: string): string {
  const score = text.trim();
  if (/^[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?|inf(inity)?)$/i.test(score)) return score;
  throw new ScoreError(`expected a score, a number or inf or -inf, found ${JSON.stringify(text)}`);
}

export interface Position {
  member: Uint8Array;
  longitude: number;
  latitude: number;
}

/** Whether scores could be positions: GEOADD makes whole numbers of up to 52 bits. Small ones are too, near the south pole. */
export function couldBePositions(members: readonly ScoredMember[]): boolean {
  return members.length > 0 && members.every(({ score }) => /^\d+$/.test(score) && Number(score) < 2 ** 52);
}

/** Whether they look like positions: scores of a game are smaller than those of any place north of 85° south. */
export function looksLikePositions(members: readonly ScoredMember[]): boolean {
  return couldBePositions(members) && members.some(({ score }) => Number(score) >= 2 ** 40);
}

export function positionCommands(key: Argument, members: readonly ScoredMember[]): Command[] {
  return [['GEOPOS', key, ...members.map(({ member }) => member)]];
}

/** The positions as the server decodes them. Throws a `ReplyError`. */
export function readPositions([reply]: readonly RespValue[], members: readonly ScoredMember[]): Position[] {
  return itemsIn(reply).flatMap((position, at): Position[] => {
    const [longitude, latitude] = itemsIn(position);
    const member = members[at]?.member;
    if (!longitude || !latitude || !member) return [];
    return [{ member, longitude: numberIn(longitude), latitude: numberIn(latitude) }];
  });
}

export function addPosition(key: Argument, member: Uint8Array, longitude: string, latitude: string): Command[] {
  return [['GEOADD', key, checkScore(longitude), checkScore(latitude), member]];
}
