import { describe, expect, test } from 'vitest';
import { acceptReply, compareReplies, formatDiff, lineMatches, replyMatches } from './compare.ts';

describe('a line', () => {
  test('matches itself, whatever white space ends it', () => {
    expect(lineMatches('OK', 'OK  ')).toBe(true);
    expect(lineMatches('OK', 'ok')).toBe(false);
    expect(lineMatches(' OK', 'OK')).toBe(false);
  });

  test('matches any text where it has the wildcard', () => {
    expect(lineMatches('run_id:...', 'run_id:0123')).toBe(true);
    expect(lineMatches('a...b...c', 'a1b2c')).toBe(true);
    expect(lineMatches('...', 'anything')).toBe(true);
    expect(lineMatches('a...a', 'a')).toBe(false);
    expect(lineMatches('a...b...c', 'acb')).toBe(false);
  });
});

describe('a reply', () => {
  test('matches line by line', () => {
    expect(replyMatches(['1) "a"', '2) "b"'], ['1) "a"', '2) "b"'])).toBe(true);
    expect(replyMatches(['1) "a"'], ['1) "a"', '2) "b"'])).toBe(false);
    expect(replyMatches([], ['OK'])).toBe(false);
    expect(replyMatches(['OK'], [])).toBe(false);
  });

  test('matches any number of lines where a line is the wildcard', () => {
    expect(replyMatches(['a', '...', 'z'], ['a', 'b', 'c', 'z'])).toBe(true);
    expect(replyMatches(['a', '...', 'z'], ['a', 'z'])).toBe(true);
    expect(replyMatches(['a', '...', 'z'], ['a', 'b'])).toBe(false);
    expect(replyMatches(['...'], [])).toBe(true);
  });
});

test('a difference shows what was printed, what was given and what is the same', () => {
  const diff = compareReplies(['1) "a"', '2) "b"', '...', 'end'], ['1) "a"', '2) "c"', 'x', 'y', 'end']);
  expect(formatDiff(diff).join('\n')).toMatchInlineSnapshot(`
    "  1) "a"
    - 2) "b"
      ...
      end"
  `);
  expect(formatDiff(compareReplies(['"Phobos"'], ['"Deimos"', '"x"']))).toEqual(['- "Phobos"', '+ "Deimos"', '+ "x"']);
});

describe('an accepted reply', () => {
  test('is what the machine gave', () => {
    expect(acceptReply(['1) "a"', '2) "b"'], ['1) "a"', '2) "c"', '3) "d"'])).toEqual(['1) "a"', '2) "c"', '3) "d"']);
  });

  test('keeps a wildcard that still matches, and drops one that does not', () => {
    expect(acceptReply(['run_id:...', 'x'], ['run_id:1', 'y'])).toEqual(['run_id:...', 'y']);
    expect(acceptReply(['run_id:...'], ['id:1'])).toEqual(['id:1']);
    expect(acceptReply(['a', '...', 'z'], ['a', 'b', 'c', 'z', 'new'])).toEqual(['a', '...', 'z', 'new']);
  });
});
