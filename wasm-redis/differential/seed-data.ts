import { type Dice } from './dice.ts';
import { FIELDS, word } from './values.ts';

/** Commands that give most keys of `values.ts` a value, each in an encoding that the dice choose. */
export function seedData(dice: Dice): string[][] {
  const many = (count: number, item: (at: number) => readonly string[]): string[] =>
    Array.from({ length: count }, (_, at) => item(at)).flat();
  const some = (): string[] => many(dice.between(1, 6), () => [dice.one(FIELDS)]);
  const score = (): string => String(dice.between(-40, 40) / 4);
  return [
    ['SET', 'str:a', word(dice)],
    ['SET', 'str:b', word(dice)],
    ['SET', 'str:long', 'x'.repeat(dice.between(100, 3000))],
    [
      'MSET',
      'num:a',
      String(dice.between(-100, 100)),
      'num:b',
      '77',
      'float:a',
      '10.5',
      'wide:a',
      '9223372036854775806',
    ],
    ['HSET', 'wide:h', 'a', '9223372036854775806', '1', '-9223372036854775807'],
    ['SET', 'wrong:geo', 'x'],
    ['SETBIT', 'bits:a', String(dice.between(0, 200)), '1'],
    ['SET', 'bits:b', '\xff\xf0\x00'],
    ['RPUSH', 'list:a', ...some()],
    ['RPUSH', 'list:b', ...some(), word(dice)],
    ['RPUSH', 'list:long', ...many(dice.between(100, 300), (at) => [`element ${at} `.repeat(dice.between(1, 6))])],
    ['SADD', 'set:a', ...some()],
    ['SADD', 'set:b', ...some()],
    ['SADD', 'set:ints', ...many(10, () => [String(dice.between(-50, 50))])],
    ['SADD', 'set:long', ...many(dice.between(150, 600), (at) => [String(at * 7)])],
    ['HSET', 'hash:a', ...many(4, () => [dice.one(FIELDS), word(dice)]), '1', '5'],
    ['HSET', 'hash:b', 'a', '1', 'b', '2.5'],
    ['HSET', 'hash:long', ...many(dice.between(130, 300), (at) => [`field${at}`, String(at)])],
    ['ZADD', 'zset:a', ...many(5, () => [score(), dice.one(FIELDS)])],
    ['ZADD', 'zset:b', ...many(5, () => ['0', dice.one(FIELDS)])],
    ['ZADD', 'zset:long', ...many(dice.between(100, 300), (at) => [String((at * 37) % 101), `member${at}`])],
    [
      'GEOADD',
      'geo:a',
      '13.361389',
      '38.115556',
      'Palermo',
      '15.087269',
      '37.502669',
      'Catania',
      '2.35',
      '48.85',
      'Paris',
    ],
    ['GEOADD', 'geo:b', '-122.4', '37.77', 'a', '-0.1', '51.5', 'b'],
    ['XADD', 'stream:a', '1-1', 'a', '1', 'b', '2'],
    ['XADD', 'stream:a', '1-2', 'a', '3', 'b', '4'],
    ['XADD', 'stream:a', '2-1', 'other', word(dice)],
    ['XGROUP', 'CREATE', 'stream:a', 'g1', '0'],
    ['XREADGROUP', 'GROUP', 'g1', 'alice', 'COUNT', '2', 'STREAMS', 'stream:a', '>'],
    ['XGROUP', 'CREATE', 'stream:b', 'g1', '$', 'MKSTREAM'],
    ['PFADD', 'hll:a', ...some()],
    ['PFADD', 'hll:b', ...many(dice.one([3, 500]), (at) => [`e${at}`])],
  ];
}
