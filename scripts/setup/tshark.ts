import { aptInstall } from './apt.ts';
import { onPath } from './programs.ts';
import type { Step } from './step.ts';

/** Wireshark without its window, which reads the capture files that the page writes. */
export const tshark: Step = {
  name: 'tshark',
  found: async () => (onPath('tshark') ? 'tshark' : undefined),
  make: async () => {
    await aptInstall(
      ['tshark'],
      'The tests of capture files need tshark, Wireshark’s program for a terminal: put it on the PATH.',
    );
    return 'tshark installed';
  },
};
