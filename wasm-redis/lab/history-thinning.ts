import type { Mark } from './history.ts';

/** The newest so many all stay ... */
export const RECENT = 20;
/** ... of what is older so many stay ... */
export const OLDER = 20;
/** ... and besides the last so many of those with a reason. */
export const REASONS = 10;

/**
 * Which save of a time line can be missed most, when there are too many: one without a name among the older ones whose
 * neighbours are closest to each other in time. So saves are the sparser the older they are. Undefined if there are not
 * too many. The oldest of all stays.
 *
 * @param line the oldest first
 */
export function firstToGo(line: readonly Mark[]): Mark | undefined {
  const reasons = new Set(line.filter(({ reason }) => reason !== undefined).slice(-REASONS));
  const older = line
    .map((mark, at) => ({ mark, gapMs: (line[at + 1]?.uptimeMs ?? Infinity) - (line[at - 1]?.uptimeMs ?? -Infinity) }))
    .slice(1, -RECENT)
    .filter(({ mark }) => mark.label === '' && !reasons.has(mark));
  if (older.length <= OLDER) return undefined;
  return older.reduce((closest, next) => (next.gapMs < closest.gapMs ? next : closest)).mark;
}
