import type { LaunchOptions } from '@playwright/test';
import { findChromium } from './setup/programs.ts';

/**
 * How this project starts Chromium, for tests, screenshots and measurements: the system's own (`CHROMIUM` names
 * another), without a sandbox because the tests may run as root, and without anything that talks to the network.
 */
export const CHROMIUM: LaunchOptions = {
  executablePath: findChromium() ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
