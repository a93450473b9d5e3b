import { aptInstall } from './apt.ts';
import { findChromium } from './programs.ts';
import type { Step } from './step.ts';

/** Chromium, for the tests in a browser. `CHROMIUM` names another one. */
export const browser: Step = {
  name: 'browser',
  found: async () => findChromium(),
  make: async () => {
    await aptInstall(
      ['chromium'],
      'The browser tests need Chromium or Chrome: put it on the PATH as chromium, or name it in the environment variable CHROMIUM.',
    );
    return 'chromium installed';
  },
};
