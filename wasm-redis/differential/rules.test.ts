import { expect, test } from 'vitest';
import { ruleOf, sameRefusal } from './rules.ts';

const error = (head: string) => ({ head });

test('of several libraries that exist FUNCTION RESTORE may name any, and no other command may', () => {
  const [one, other] = [error('-ERR Library lib1 already exists'), error('-ERR Library lib2 already exists')];
  expect(sameRefusal(one, other, 'function|restore')).toBe(true);
  expect(sameRefusal(one, other, 'function|load')).toBe(false);
  expect(sameRefusal(one, error('-ERR Library lib1 is bad'), 'function|restore')).toBe(false);
});

test('what ALPHA finds equal up to a zero byte may come in another order, but nothing may be missing', () => {
  const texts = (...items: string[]) => ({ head: '*', items: items.map((text) => ({ head: '$', text })) });
  const { same } = ruleOf('sort')!;
  const sort = ['SORT', 'key', 'ALPHA'];
  expect(same(texts('a\0b', 'a\0c'), texts('a\0c', 'a\0b'), sort)).toBe(true);
  expect(same(texts('a\0b', 'a\0c'), texts('a\0c', 'a\0d'), sort)).toBe(false);
  expect(same(texts('a', 'b'), texts('b', 'a'), sort)).toBe(false);
});

test('rules about single commands may come in another order, categories may not', () => {
  const list = (rules: string) => ({ head: '*', items: [{ head: '$', text: `user alice off ${rules}` }] });
  const { same } = ruleOf('acl|list')!;
  const args = ['ACL', 'LIST'];
  expect(same(list('-@all +get +select|0'), list('-@all +select|0 +get'), args)).toBe(true);
  expect(same(list('-@all +get +select|0'), list('-@all +get -select|0'), args)).toBe(false);
  expect(same(list('-@all +get'), list('+get -@all'), args)).toBe(false);
});
