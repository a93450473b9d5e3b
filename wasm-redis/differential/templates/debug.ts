import { type Dice } from '../dice.ts';
import * as values from '../values.ts';

const SHAPES = [
  'string',
  'integer',
  'double',
  'null',
  'array',
  'set',
  'map',
  'attrib',
  'verbatim',
  'true',
  'false',
  'bignum',
  'x',
];

/** The words after DEBUG: none that ends the server, or makes it slow. */
export function debugCall(dice: Dice): string[] {
  switch (dice.below(8)) {
    case 0:
      return ['DIGEST-VALUE', values.key(dice, 'string'), values.key(dice, 'hash'), values.key(dice, 'stream')];
    case 1:
      return ['PROTOCOL', dice.one(SHAPES)];
    case 2:
      return ['ERROR', dice.one(['ERR x', 'MINE', 'a\nb', ''])];
    case 3:
      return ['SLEEP', '0'];
    case 4:
      return ['STRINGMATCH-LEN', '10', 'a*'];
    case 5:
      return ['QUICKLIST-PACKED-THRESHOLD', dice.one(['100b', '1k', '0', 'x'])];
    case 6:
      return ['RELOAD'];
    default:
      return dice.one([
        ['HELP'],
        ['NOSUCH'],
        [],
        ['LOG', 'x'],
        ['SET-ACTIVE-EXPIRE', '0'],
        ['POPULATE', '3', 'pop', '10'],
        ['DIGEST'],
      ]);
  }
}
