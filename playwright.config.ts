import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './scripts/chromium.ts';

/** The built site, as `npm run build` leaves it. */
const DIST = process.env.DIST ?? 'dist';
const ROOT_PORT = 4330;
const COURSE_PORT = 4331;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // A test that passes only when repeated has failed.
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { launchOptions: CHROMIUM, colorScheme: 'dark', locale: 'en' },
  projects: [
    { name: 'root', testIgnore: 'base-path.spec.ts', use: { baseURL: `http://localhost:${String(ROOT_PORT)}/` } },
    {
      name: 'course',
      testMatch: 'base-path.spec.ts',
      use: { baseURL: `http://localhost:${String(COURSE_PORT)}/course/` },
    },
  ],
  webServer: [
    {
      command: `node scripts/serve.ts --port ${String(ROOT_PORT)} --dist ${DIST}`,
      url: `http://localhost:${String(ROOT_PORT)}/`,
    },
    {
      // The same site for a host that serves it from a sub-path.
      command: `astro build --silent && node scripts/serve.ts --port ${String(COURSE_PORT)} --dist .cache/e2e/course`,
      url: `http://localhost:${String(COURSE_PORT)}/course/`,
      env: { BASE: '/course/', OUT_DIR: '.cache/e2e/course' },
      timeout: 120_000,
    },
  ],
});
