import { describe, expect, test } from 'vitest';
import { NO_PLAN, planFields, planIn } from './kept-plan.ts';
import { dayOf, schedule, standInPlan, type Plan } from './pace.ts';
import { dayWords, paceWords } from './words.ts';

const lesson = (slug: string, minutes: number) => ({ slug, minutes });
/** One hour on each working day; the 23rd of November 2026 is a Monday. */
const PLAN: Plan = { start: '2026-11-23', hours: 5, days: [1, 2, 3, 4, 5], before: new Set() };
const days = (plan: Plan, ...minutes: number[]): string[] =>
  schedule(
    minutes.map((each, index) => lesson(`l${index}`, each)),
    plan,
  ).map(({ by }) => by.slice(5));

describe('a plan', () => {
  test('fills each day to the last minute: short lessons share one, a long one takes several', () => {
    expect(days(PLAN, 20, 40, 150, 30, 60)).toEqual(['11-23', '11-23', '11-26', '11-26', '11-27']);
  });
  test('leaves out the days on which is not learnt, also at its start', () => {
    expect(days(PLAN, 60, 60, 60, 60, 60, 60)).toEqual(['11-23', '11-24', '11-25', '11-26', '11-27', '11-30']);
    expect(days({ ...PLAN, start: '2026-11-28' }, 60)).toEqual(['11-30']);
    expect(days({ ...PLAN, days: [7], hours: 1 }, 60, 60)).toEqual(['11-29', '12-06']);
  });
  test('uses a day up in spite of hours that are no whole minutes', () => {
    expect(days({ ...PLAN, hours: 5, days: [1, 2, 3] }, 100, 100, 100)).toEqual(['11-23', '11-24', '11-25']);
    expect(days({ ...PLAN, hours: 1, days: [1, 2, 3, 4, 5, 6, 7] }, 60)).toEqual(['11-29']);
  });
  test('has no dates for what was done before', () => {
    const planned = schedule([lesson('a', 60), lesson('b', 60)], { ...PLAN, before: new Set(['a']) });
    expect(planned).toEqual([{ slug: 'b', minutes: 60, by: '2026-11-23' }]);
  });
});

describe('on a day of the plan', () => {
  const planned = schedule(
    ['a', 'b', 'c', 'd'].map((slug) => lesson(slug, 60)),
    PLAN,
  );
  const stand = (done: string, today: string) => standInPlan(planned, new Set(done), today);
  test('what is due today counts neither way until the day is over', () => {
    expect(stand('', '2026-11-23')).toMatchObject({ aheadMinutes: 0, due: [{ slug: 'a' }], next: { slug: 'a' } });
    expect(stand('', '2026-11-24')).toMatchObject({ aheadMinutes: -60, due: [{ slug: 'a' }, { slug: 'b' }] });
    expect(stand('a', '2026-11-23')).toMatchObject({ aheadMinutes: 0, due: [], next: { slug: 'b' } });
  });
  test('a lesson done early makes up for one that was left out', () => {
    expect(stand('d', '2026-11-24')).toMatchObject({ aheadMinutes: 0 });
    expect(stand('ab', '2026-11-23')).toMatchObject({ aheadMinutes: 60 });
  });
  test('it says where one stands, and never that somebody is late', () => {
    expect(paceWords(stand('ab', '2026-11-23'))).toBe('You are 1 h ahead of the plan. It ends on Thu 26 Nov 2026.');
    expect(paceWords(stand('a', '2026-11-24'))).toBe('You are on schedule. It ends on Thu 26 Nov 2026.');
    expect(paceWords(stand('', '2026-11-25'))).toContain('The plan is 2 h ahead of you.');
    expect(paceWords(stand('abcd', '2026-11-25'))).toBe('Everything in the plan is done.');
    expect(paceWords(standInPlan([], new Set(), '2026-11-25'))).toBe('There was nothing left to plan.');
  });
});

test('a plan is kept and read again, and what can be none is none', () => {
  const kept = Object.fromEntries(
    Object.entries(planFields({ ...PLAN, before: new Set(['a', 'b']) })).map(([name, value]) => [
      name,
      [value, 1] as const,
    ]),
  );
  expect(planIn(kept)).toEqual({ ...PLAN, before: new Set(['a', 'b']) });
  for (const wrong of [{ start: '2026-13-40' }, { start: 'soon' }, { hours: 0 }, { days: '89' }, { days: '' }]) {
    const [[name, value] = ['', '']] = Object.entries(wrong);
    expect(planIn({ ...kept, [name]: [value, 2] })).toBeUndefined();
  }
  expect(planIn(Object.fromEntries(Object.entries(NO_PLAN).map(([name, value]) => [name, [value, 1] as const])))).toBe(
    undefined,
  );
});

test('today is the date where the learner is', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05');
  expect(dayWords('2026-01-05')).toBe('Mon 5 Jan 2026');
});
