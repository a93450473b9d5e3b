/** Hours a week that are offered: as the lesson “Choose your learning path” has them. */
export const PACES = [
  { name: 'Light', hours: 3 },
  { name: 'Medium', hours: 5 },
  { name: 'Intensive', hours: 10 },
] as const;

/** A plan for a route. Days are dates without a time, `2026-11-21`, which sort as text. */
export interface Plan {
  start: string;
  /** Hours a week, spread evenly over the days. */
  hours: number;
  /** Days of the week on which is learnt, 1 Monday to 7 Sunday. Never empty. */
  days: readonly number[];
  /** Slugs that were done when the plan was made, and have no date. */
  before: ReadonlySet<string>;
}

/** A lesson and the day by which it is planned to be done. */
export interface Planned {
  slug: string;
  minutes: number;
  by: string;
}

/**
 * Gives each lesson its day: the one on which the minutes of all lessons so far have been spent. A lesson longer than a
 * day's minutes takes several days, short ones share one. Lessons done before the plan was made are left out.
 */
export function schedule(lessons: readonly { slug: string; minutes: number }[], plan: Plan): Planned[] {
  const minutesADay = (plan.hours * 60) / plan.days.length;
  let day = nextDay(plan.start, plan.days, 0);
  let room = minutesADay;
  return lessons.flatMap(({ slug, minutes }) => {
    if (plan.before.has(slug)) return [];
    let left = minutes;
    // A day is used up to the last minute, and not a minute more for a rounding error.
    while (left > room + 1e-6) {
      left -= room;
      room = minutesADay;
      day = nextDay(day, plan.days, 1);
    }
    room -= left;
    return [{ slug, minutes, by: day }];
  });
}

/** Where a learner stands in the plan on a day. */
export interface PaceStanding {
  /** Minutes of lessons that are done before their day, less those whose day has passed: negative if the plan is ahead. */
  aheadMinutes: number;
  /** Lessons not done whose day is today or has passed. */
  due: readonly Planned[];
  /** The first lesson that is not done. */
  next: Planned | undefined;
  /** The last day of the plan; undefined if nothing was left to plan. */
  end: string | undefined;
}

/** Compares the plan with what is done, on the day `today`. What is due today counts neither way until the day is over. */
export function standInPlan(planned: readonly Planned[], done: ReadonlySet<string>, today: string): PaceStanding {
  const open = planned.filter(({ slug }) => !done.has(slug));
  const early = planned.filter(({ slug, by }) => done.has(slug) && by > today);
  const sum = (lessons: readonly Planned[]): number => lessons.reduce((total, { minutes }) => total + minutes, 0);
  return {
    aheadMinutes: sum(early) - sum(open.filter(({ by }) => by < today)),
    due: open.filter(({ by }) => by <= today),
    next: open[0],
    end: planned.at(-1)?.by,
  };
}

/** The date of a moment where the learner is. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first of these days of the week, at least so many days after the date. */
function nextDay(date: string, days: readonly number[], after: number): string {
  // In UTC every day has 24 hours.
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + after);
  while (!days.includes(day.getUTCDay() || 7)) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
