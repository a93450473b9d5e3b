import type { Clock } from '../kernel/clock.ts';
import type { ClockState } from '../machine.ts';

/** A clock as it is told outside: as it shows just now. */
export function clockState(clock: Clock): ClockState {
  const uptimeUs = clock.uptimeUs();
  return { nowMs: (clock.epochUs + uptimeUs) / 1000, uptimeMs: uptimeUs / 1000, rate: clock.rate };
}
