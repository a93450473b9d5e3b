import { aptInstall } from './apt.ts';
import { onPath } from './programs.ts';
import type { Step } from './step.ts';

/** Tcl, in which upstream's own tests are written. */
export const tcl: Step = {
  name: 'tcl',
  found: async () => (findTcl() ? 'tclsh' : undefined),
  make: async () => {
    await aptInstall(['tcl'], 'Upstream’s tests need Tcl: put tclsh8.6 on the PATH.');
    return 'tclsh installed';
  },
};

/** Path of a Tcl by one of the names under which upstream's `runtest` looks for it, undefined if there is none. */
export function findTcl(): string | undefined {
  return onPath('tclsh8.6', 'tclsh8.7', 'tclsh8.5');
}
