import { expect, test } from 'vitest';
import { chooseRoute, QUESTIONS } from './choose-route.ts';

const [times, goals, extents] = QUESTIONS.map(({ answers }) => answers.map(({ value }) => value as string));
const all = (times ?? []).flatMap((time) =>
  (goals ?? []).flatMap((goal) => (extents ?? []).map((extent) => ({ time, goal, extent }))),
);

test('every combination of answers leads to a route, and every route can be reached', () => {
  expect(new Set(all.map(chooseRoute))).toEqual(
    new Set([
      'four-weeks/beginner',
      'four-weeks/interview',
      'seven-days',
      'masterclass',
      'sixteen-steps',
      'forty-two-lessons',
    ]),
  );
});

test('who is not sure, or new to Redis, gets the four weeks for beginners, whatever the rest', () => {
  const routes = all.filter(({ goal }) => goal === 'new' || goal === 'unsure').map(chooseRoute);
  expect(new Set(routes)).toEqual(new Set(['four-weeks/beginner']));
});

test('nothing is proposed before all three questions are answered', () => {
  expect(chooseRoute({})).toBeUndefined();
  expect(chooseRoute({ time: 'week', goal: 'work' })).toBeUndefined();
});
