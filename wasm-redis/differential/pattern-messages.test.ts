import { expect, test } from 'vitest';
import { inOrderOfPatterns } from './pattern-messages.ts';
import { type Reply } from './reply.ts';

const message = (...texts: string[]): Reply => ({ head: '>', items: texts.map((text) => ({ head: '$', text })) });
const one = message('pmessage', '*', 'ch', 'hi');
const other = message('pmessage', 'c*', 'ch', 'hi');
const next = message('pmessage', '*', 'ch', 'next');
const reply: Reply = { head: ':1' };

test('a message by two patterns may come in any order', () => {
  expect(inOrderOfPatterns([reply, other, one, next])).toEqual(inOrderOfPatterns([reply, one, other, next]));
});

test('two messages may not, nor a message and a reply, nor may one be missing', () => {
  expect(inOrderOfPatterns([next, one])).not.toEqual(inOrderOfPatterns([one, next]));
  expect(inOrderOfPatterns([reply, one])).not.toEqual(inOrderOfPatterns([one, reply]));
  expect(inOrderOfPatterns([one, one])).not.toEqual(inOrderOfPatterns([one, other]));
});
