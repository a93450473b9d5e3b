import { expect, test } from 'vitest';
import { checkCoverage, type Subject } from './coverage.ts';

const PLANNED = new Set(['strings', 'lists', 'sets']);
const TEXTS: Readonly<Record<string, string>> = {
  strings: '> set k 1\nOK\n\n`OBJECT ENCODING`, --bigkeys',
  lists: 'LPUSH',
};
const check = (...subjects: Subject[]) => checkCoverage(subjects, PLANNED, (slug) => TEXTS[slug]);

test('a subject is covered when a lesson that claims it is written and names what it promises', () => {
  const shows = ['SET', 'OBJECT ENCODING', '--bigkeys', 'LPUSH'];
  expect(check({ id: 'a', lessons: ['strings'] }, { id: 'b', lessons: ['strings', 'lists'], shows })).toEqual({
    covered: 2,
    open: [],
    messages: [],
  });
});

test('a subject fails when all its lessons are written and none names what it promises', () => {
  // GETSET names no SET, and LPUSHX no LPUSH.
  expect(check({ id: 'a', lessons: ['strings', 'lists'], shows: ['GETSET', 'LPUSHX', 'SET'] })).toEqual({
    covered: 0,
    open: [],
    messages: ['a: expected GETSET, LPUSHX in strings or lists, found none'],
  });
});

test('a subject that a planned lesson claims is open', () => {
  expect(check({ id: 'a', lessons: ['sets'] }, { id: 'b', lessons: ['lists', 'sets'], shows: ['SADD'] }).open).toEqual([
    'a',
    'b',
  ]);
});

test('a subject that no lesson of the curriculum claims fails', () => {
  expect(check({ id: 'a', lessons: ['bags'] }, { id: 'b', lessons: [] }).messages).toEqual([
    'a: expected lessons of content/curriculum.json, found bags',
    'b: expected lessons of content/curriculum.json, found none',
  ]);
});
