import { forwardUs } from '../../kernel/clock.ts';
import type { Machine } from '../../machine.ts';
import { clockState } from '../clock-state.ts';
import type { Alive } from '../machine-parts.ts';

/** The clock, and what it means to wait for it. */
export function clockCalls(alive: Alive) {
  return {
    async clock() {
      return clockState(alive().kernel.clock);
    },

    async setClockRate(rate) {
      const { kernel, driver } = alive();
      kernel.clock.setRate(rate);
      driver.clockChanged();
    },

    async advance(ms) {
      await alive().driver.advance(forwardUs(ms));
    },

    async advanceToNext(what, limitMs) {
      const parts = alive();
      await parts.driver.settle();
      const before = parts.shown;
      return parts.driver.advanceUntil(() => what === 'timer' || parts.shown !== before, forwardUs(limitMs));
    },

    async jump(ms) {
      const { kernel, driver } = alive();
      kernel.clock.advanceTo(kernel.clock.uptimeUs() + forwardUs(ms));
      await driver.settle();
    },

    async elapsed(ms) {
      await alive().alarms.after(forwardUs(ms));
    },

    async settle() {
      return (await alive().driver.settle()) / 1000;
    },
  } satisfies Partial<Machine>;
}
