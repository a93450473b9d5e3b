import type { Group, Path } from './schema.ts';

/** One way to walk a path: the path itself, or one of its variants. */
export interface Route {
  /** `seven-days`, `four-weeks/interview`. */
  id: string;
  title: string;
  summary: string;
  groups: readonly Group[];
}

/** The routes of a path: one, or one for each variant, which leaves out the groups of the others. */
export function routesOf(path: Path): Route[] {
  if (!path.variants) return [{ id: path.id, title: path.title, summary: path.summary, groups: path.groups }];
  return path.variants.map((variant) => ({
    id: `${path.id}/${variant.id}`,
    title: `${path.title}, ${variant.title}`,
    summary: variant.summary,
    groups: path.groups.filter(({ only }) => only === undefined || only === variant.id),
  }));
}

/** The lessons of a group in order. One that stands in several blocks is given once, where it comes first. */
export function lessonsOfGroup(group: Pick<Group, 'blocks'>): string[] {
  return [...new Set(group.blocks.flatMap(({ lessons }) => lessons))];
}

/** The lessons of a route in order, each once. Those of optional groups only if `extras`. */
export function lessonsOfRoute(route: Pick<Route, 'groups'>, extras: boolean): string[] {
  const walked = route.groups.filter(({ optional }) => extras || !optional);
  return [...new Set(walked.flatMap(lessonsOfGroup))];
}

/** Where a learner stands in a list of lessons. */
export interface Standing {
  done: number;
  total: number;
  /** How many of the list are not written yet. */
  planned: number;
  /** Of the whole list, and of what is not done. */
  minutes: number;
  minutesLeft: number;
  /** The first lesson that is written and not done. */
  next: string | undefined;
}

/**
 * Counts a list of lessons. `minutesOf` gives a lesson's minutes (0 if unknown), `written` holds the lessons that have
 * a page, `done` those that the learner has done.
 */
export function standing(
  lessons: readonly string[],
  minutesOf: (slug: string) => number,
  written: ReadonlySet<string>,
  done: ReadonlySet<string>,
): Standing {
  const sum = (slugs: readonly string[]): number => slugs.reduce((minutes, slug) => minutes + minutesOf(slug), 0);
  const left = lessons.filter((slug) => !done.has(slug));
  return {
    done: lessons.length - left.length,
    total: lessons.length,
    planned: lessons.filter((slug) => !written.has(slug)).length,
    minutes: sum(lessons),
    minutesLeft: sum(left),
    next: left.find((slug) => written.has(slug)),
  };
}

/** Minutes as people say them: `45 min`, `1 h 10 min`, from ten hours on `12 h`. */
export function inHours(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes >= 600) return `${Math.round(minutes / 60)} h`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
