import { forwardUs } from '../../kernel/clock.ts';
import type { Machine } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';

/** The clock, and what it means to wait for it. */
export function clockCalls(parts: MachineParts) {
  const { kernel, driver, alarms } = parts;
  return {
    async clock() {
      return kernel.clock.state;
    },

    async setClockRate(rate) {
      kernel.clock.setRate(rate);
      driver.clockChanged();
    },

    async advance(ms) {
      await driver.advance(forwardUs(ms));
    },

    async advanceToNext(what, limitMs) {
      await driver.settle();
      const before = parts.shown;
      return driver.advanceUntil(() => what === 'timer' || parts.shown !== before, forwardUs(limitMs));
    },

    async jump(ms) {
      kernel.clock.advanceTo(kernel.clock.uptimeUs() + forwardUs(ms));
      await driver.settle();
    },

    async elapsed(ms) {
      await alarms.after(forwardUs(ms));
    },

    async settle() {
      return (await driver.settle()) / 1000;
    },
  } satisfies Partial<Machine>;
}
