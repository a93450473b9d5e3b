import { type Dice } from '../dice.ts';
import * as values from '../values.ts';
import { type Template } from './template.ts';

/** Keys of which the type is known, because the template makes them at once. */
const OWN = { list: 'sort:list', 'sorted-set': 'sort:zset' } as const;
const EVERYTHING = ['0', '-1'];

/** SORT and SORT_RO. */
export const SORT_TEMPLATES: Readonly<Record<string, Template>> = {
  sort: ({ dice }) => calls(dice, 'SORT'),
  sort_ro: ({ dice }) => calls(dice, 'SORT_RO'),
};

/**
 * What compares equal stays in the order in which it was read: a list in its own, a set in that of a hash table, and so a
 * sorted set, but for BY nosort. Any key may have become a set, so where an order is left over it is a key that the call
 * makes for itself.
 */
function calls(dice: Dice, name: string): readonly string[][] {
  if (dice.chance(0.5)) {
    const group = dice.one(['list', 'list', 'set', 'sorted-set', 'string']);
    const by = dice.one(['num:*', 'hash:*->a', 'x*']);
    return [sort(dice, [name, dice.one(values.KEYS[group]!)], by, true)];
  }
  const type = dice.one(['list', 'sorted-set'] as const);
  const elements = Array.from({ length: dice.between(1, 12) }, () => dice.one(values.FIELDS));
  const fill =
    type === 'list'
      ? ['RPUSH', OWN[type], ...elements]
      : ['ZADD', OWN[type], ...elements.flatMap((element) => [String(dice.between(-2, 2)), element])];
  const by = type === 'list' ? dice.one(['num:*', 'hash:*->a', 'x*', 'nosort']) : 'nosort';
  return [['DEL', OWN[type]], fill, sort(dice, [name, OWN[type]], by, false)];
}

/** @param mayBeSet whether nothing may be left to the order of a set */
function sort(dice: Dice, start: readonly string[], by: string, mayBeSet: boolean): string[] {
  const words = [...start];
  if (dice.chance(0.4)) words.push('BY', by);
  if (dice.chance(0.3))
    words.push('LIMIT', ...dice.one([EVERYTHING, [dice.one(['0', '1', '-1', 'x']), dice.one(['2', '10', '-1', '0'])]]));
  if (dice.chance(0.3)) words.push('GET', dice.one(['#', 'num:*', 'hash:*->a', 'str:a']));
  if (dice.chance(0.3)) words.push(dice.one(['ASC', 'DESC']));
  if (dice.chance(0.5) && !(mayBeSet && words.includes('BY'))) words.push('ALPHA');
  if (dice.chance(0.25)) words.push('STORE', values.key(dice, 'list'));
  return words;
}
