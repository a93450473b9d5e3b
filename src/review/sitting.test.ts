import { expect, test } from 'vitest';
import { beginSitting, countOf, judgeFirst, withDue } from './sitting.ts';

const card = (id: string) => ({ lesson: 'strings', id });
const ids = ({ queue }: { queue: readonly { id: string }[] }): string => queue.map(({ id }) => id).join('');
const ABC = ['a', 'b', 'c'].map(card);

test('a card that is known is through, one that is not comes again at the end until it is', () => {
  let sitting = judgeFirst(beginSitting(ABC), false);
  expect(ids(sitting)).toBe('bca');
  sitting = judgeFirst(sitting, true);
  sitting = judgeFirst(sitting, true);
  sitting = judgeFirst(sitting, false);
  expect(ids(sitting)).toBe('a');
  expect([countOf(sitting), sitting.known, sitting.missed]).toEqual([3, 2, [card('a')]]);
  sitting = judgeFirst(sitting, true);
  expect([ids(sitting), countOf(sitting), sitting.known]).toEqual(['', 3, 3]);
  expect(judgeFirst(sitting, true)).toEqual(sitting);
});

test('a card that another tab has judged leaves the queue, unless it was missed here; new ones join at the end', () => {
  const sitting = judgeFirst(beginSitting(ABC), false);
  expect(ids(withDue(sitting, ['c', 'd'].map(card)))).toBe('cad');
  expect(ids(withDue(sitting, []))).toBe('a');
});

test('cards of the same id in two lessons are two cards', () => {
  const other = { lesson: 'lists', id: 'a' };
  expect(withDue(beginSitting([card('a')]), [other]).queue).toEqual([other]);
});
