import { expect, test } from 'vitest';
import { readExercise } from './exercise.ts';
import { readQuestion } from './question.ts';
import { AssertionError, assertionFields, readCondition } from './read-assertion.ts';
import { saysTheSame, withoutLastReply } from './last-reply.ts';
import { shuffled } from './shuffle.ts';

const condition = (fields: object) => readCondition(assertionFields.parse({ why: 'x', ...fields }));

test('an item of `check` is one statement', () => {
  expect(condition({ key: 'k' })).toEqual({ is: 'exists', key: 'k', exists: true });
  expect(condition({ key: 'k', value: 1 })).toEqual({ is: 'value', key: 'k', value: '1' });
  expect(condition({ key: 'k', value: { min: 1 } })).toEqual({ is: 'number', key: 'k', range: { min: 1 } });
  expect(condition({ key: 'k', field: 'f', value: 'v', port: 6380 })).toEqual({
    port: 6380,
    is: 'field',
    key: 'k',
    field: 'f',
    exists: true,
    value: 'v',
  });
  expect(condition({ keys: 3 })).toEqual({ is: 'keys', match: '*', count: 3 });
  expect(condition({ reply: 'GET "a b"', value: null })).toEqual({ is: 'reply', command: ['GET', 'a b'], value: null });
});

test('a statement about two things, about nothing, or with a foreign word is refused', () => {
  expect(() => condition({ key: 'k', config: 'save' })).toThrowErrorMatchingInlineSnapshot(
    `[AssertionError: expected one of key, config, info, keys, reply in an item of \`check:\`, found {"key":"k","config":"save"}]`,
  );
  expect(() => condition({ exists: true })).toThrow(AssertionError);
  expect(() => condition({ key: 'k', type: 'set', length: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[AssertionError: expected one of type, length, field, member, items, ttl, encoding in an item of \`check:\`, found {"type":"set","length":2}]`,
  );
  expect(() => condition({ config: 'save', ttl: 'none' })).toThrowErrorMatchingInlineSnapshot(
    `[AssertionError: expected only value with \`config\` in an item of \`check:\`, found {"ttl":"none"}]`,
  );
  expect(() => condition({ reply: 'GET k' })).toThrow(AssertionError);
});

const EXERCISE = `
id: doors
title: Doors
task: Open a door.
check: [{ key: a, why: b, wrong: '> PING' }]
hints: [c]
solution: |
  > SET a 1
  OK
`;

test('an exercise is read with its solution and wrong attempts', () => {
  const { assertions, solutionSource, wrong } = readExercise(EXERCISE);
  expect(assertions).toEqual([{ condition: { is: 'exists', key: 'a', exists: true }, why: 'b' }]);
  expect(solutionSource).toBe('> SET a 1\nOK');
  expect(wrong.map(({ assertion, afterSolution }) => ({ assertion, afterSolution }))).toEqual([
    { assertion: 0, afterSolution: false },
  ]);
});

test('what is wrong with an exercise is said', () => {
  const read = (from: string, to: string) => () => readExercise(EXERCISE.replace(from, to));
  expect(read("why: b, wrong: '> PING'", 'why: b')).toThrowErrorMatchingInlineSnapshot(
    `[ExerciseError: exercise doors: check 1 needs a \`wrong:\` or a \`spoil:\`, one of the two]`,
  );
  expect(read('hints: [c]', 'hint: [c]')).toThrowErrorMatchingInlineSnapshot(`
    [ExerciseError: exercise: ✖ Unrecognized key: "hint"
    ✖ Invalid input: expected array, received undefined
      → at hints]
  `);
  expect(read('> SET a 1', '>SET a 1')).toThrowErrorMatchingInlineSnapshot(
    `[ExerciseError: exercise doors, solution: expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`, found \`>SET a 1\`. A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\>SET a 1\`.]`,
  );
  expect(read('id: doors', 'id: The doors')).toThrowErrorMatchingInlineSnapshot(`
    [ExerciseError: exercise: ✖ expected lower case words with hyphens
      → at id]
  `);
});

test('a question needs a right option, and a transcript that ends with a reply', () => {
  const asked = 'id: a\nask: b\nwhy: c\n';
  expect(readQuestion(`${asked}kind: choice\noptions: [d, { right: e }, { text: f, why: g }]`)).toMatchObject({
    options: [
      { text: 'd', right: false, why: undefined },
      { text: 'e', right: true, why: undefined },
      { text: 'f', right: false, why: 'g' },
    ],
  });
  expect(() => readQuestion(`${asked}kind: choice\noptions: [d, e]`)).toThrowErrorMatchingInlineSnapshot(
    `[ExerciseError: question a: no option is \`right:\`]`,
  );
  expect(() => readQuestion(`${asked}kind: prints\nrun: |\n  # nothing`)).toThrowErrorMatchingInlineSnapshot(
    `[ExerciseError: question a: \`run:\` must end with a command and its reply]`,
  );
  expect(() => readQuestion(`${asked}kind: riddle`)).toThrow('kind');
});

test('an answer may leave out quotes and the word before a number, but not what is printed', () => {
  expect(saysTheSame('raw', ['"raw"'])).toBe(true);
  expect(saysTheSame('4', ['(integer) 4'])).toBe(true);
  expect(saysTheSame('NIL', ['(nil)'])).toBe(true);
  expect(saysTheSame('1) a 2) b', ['1) "a"', '2) "b"'])).toBe(true);
  expect(saysTheSame('', ['(nil)'])).toBe(false);
  expect(saysTheSame('5', ['(integer) 4'])).toBe(false);
  expect(saysTheSame('embstr', ['"raw"'])).toBe(false);
});

test('the last reply is what a question leaves out', () => {
  expect(withoutLastReply('> SET k 1\nOK\n> MGET k l\n1) "1"\n2) (nil)')).toBe('> SET k 1\nOK\n> MGET k l');
});

test('items are shown in an order that is always the same and never the right one', () => {
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    const items = [1, 2, 3];
    expect(shuffled(items, seed)).not.toEqual(items);
    expect(shuffled(items, seed)).toEqual(shuffled(items, seed));
    expect(shuffled(items, seed).sort()).toEqual(items);
  }
});
