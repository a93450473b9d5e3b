import { expect, test } from 'vitest';
import { type Sequence } from './sequence.ts';
import { shrink } from './shrink.ts';

const sequence: Sequence = {
  clients: 1,
  groups: Array.from({ length: 100 }, (_, at) => [{ client: 0, args: [String(at)] }]),
};
const has = (candidate: Sequence, arg: string): boolean => candidate.groups.some(([step]) => step!.args[0] === arg);

test('what is not needed for the failure is left out', async () => {
  const small = await shrink(sequence, async (candidate) => has(candidate, '17') && has(candidate, '81'));
  expect(small.groups.map(([step]) => step!.args[0])).toEqual(['17', '81']);
});

test('a sequence that always fails becomes empty, one that fails only whole stays', async () => {
  expect((await shrink(sequence, async () => true)).groups).toHaveLength(0);
  expect((await shrink(sequence, async () => false)).groups).toHaveLength(100);
});

test('no more attempts are made than allowed', async () => {
  let attempts = 0;
  await shrink(sequence, async () => ++attempts < 0, 30);
  expect(attempts).toBeLessThanOrEqual(30);
});
