import type { Facts, Value } from '../progress/facts.ts';
import type { Plan } from './pace.ts';

/** Where the plan of a route is kept. */
export function planKey(route: string): string {
  return `plan/${route}`;
}

/** A plan as fields. They are always written together, so of two plans the later wins as a whole. */
export function planFields({ start, hours, days, before }: Plan): Record<string, Value> {
  return { start, hours, days: days.join(''), before: [...before].join(' ') };
}

/** The fields of no plan. */
export const NO_PLAN: Readonly<Record<string, Value>> = { start: '', hours: 0, days: '', before: '' };

/** The plan that these facts hold; undefined if there is none, or if it cannot be one. */
export function planIn(facts: Facts): Plan | undefined {
  const [start, hours, days, before] = ['start', 'hours', 'days', 'before'].map((field) => facts[field]?.[0]);
  if (typeof start !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(start) || Number.isNaN(Date.parse(start)))
    return undefined;
  if (typeof hours !== 'number' || !(hours > 0)) return undefined;
  const weekdays = typeof days === 'string' ? [...days].map(Number).filter((day) => day >= 1 && day <= 7) : [];
  if (weekdays.length === 0) return undefined;
  return { start, hours, days: weekdays, before: new Set(typeof before === 'string' ? before.split(' ') : []) };
}
