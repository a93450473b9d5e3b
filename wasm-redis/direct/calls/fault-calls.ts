import type { Machine } from '../../machine.ts';
import type { Alive } from '../machine-parts.ts';

/** What goes wrong on purpose. Most pages do without, so it is loaded with the first call. */
export function faultCalls(alive: Alive) {
  return {
    async inject(fault, delayMs = 0) {
      const { kernel, driver } = alive();
      const { injectFault } = await faults();
      injectFault(kernel, fault, delayMs);
      await driver.settle();
    },

    async faults() {
      const { kernel } = alive();
      return (await faults()).faultsInForce(kernel);
    },

    async powerFailure() {
      alive().kernel.powerFailure();
    },
  } satisfies Partial<Machine>;
}

const faults = () => import('../../kernel/faults.ts');
