import { inHours } from '../paths/route.ts';
import type { PaceStanding } from './pace.ts';

/** Where one stands, in a sentence: a plan is late, never a person. */
export function paceWords({ aheadMinutes, next, end }: PaceStanding): string {
  if (end === undefined) return 'There was nothing left to plan.';
  if (!next) return 'Everything in the plan is done.';
  const ends = `It ends on ${dayWords(end)}.`;
  if (aheadMinutes > 0) return `You are ${inHours(aheadMinutes)} ahead of the plan. ${ends}`;
  if (aheadMinutes === 0) return `You are on schedule. ${ends}`;
  return `The plan is ${inHours(-aheadMinutes)} ahead of you. ${ends} Plan again from today to spread what is left over the days to come.`;
}

/** A date as people say it: `Wed 25 Nov 2026`. */
export function dayWords(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** The same without the year: `Wed 25 Nov`. */
export function shortDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const say = (options: Intl.DateTimeFormatOptions): string =>
    date.toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });
  // The weekday by itself: whether a comma follows it differs between browsers.
  return `${say({ weekday: 'short' })} ${say({ day: 'numeric', month: 'short' })}`;
}
