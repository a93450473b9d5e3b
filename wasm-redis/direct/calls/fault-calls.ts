import type { Machine } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';

/** What goes wrong on purpose. Most pages do without, so it is loaded with the first call. */
export function faultCalls({ kernel, driver }: MachineParts) {
  return {
    async inject(fault, delayMs = 0) {
      const { injectFault } = await import('../../kernel/faults.ts');
      injectFault(kernel, fault, delayMs);
      await driver.settle();
    },

    async faults() {
      const { faultsInForce } = await import('../../kernel/faults.ts');
      return faultsInForce(kernel);
    },

    async powerFailure() {
      kernel.powerFailure();
    },
  } satisfies Partial<Machine>;
}
