import { chromium } from '@playwright/test';
import { CHROMIUM } from '../chromium.ts';
import { startSiteServer } from '../serve/site-server.ts';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { median } from '../../wasm-redis/bench/measure.ts';
import { SITE } from './page-sizes.ts';

/** From the beginning of the navigation until the cluster of six nodes says that it is well. */
const BAR_MS = 1500;

/**
 * How long a reader waits for the lab's cluster of six nodes, in Chromium on this computer: on a first visit, with nothing in
 * the cache. The median of so many visits, and the longest. Rejects if the site has not been built.
 */
export async function measureLabStart(visits: number): Promise<Figure[]> {
  const site = await startSiteServer({ dist: SITE, host: 'localhost', port: 0, base: process.env['BASE'] ?? '/' });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const times: number[] = [];
    for (let visit = 0; visit < visits; visit++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${site.url}lab/?machine=cluster`);
      const ready = await page.waitForFunction(
        () => document.querySelector('.lab-said')?.textContent === '6 processes ready.' && performance.now(),
      );
      times.push(Number(await ready.jsonValue()));
      await context.close();
    }
    const name = 'first visit: navigation to a cluster of 6 that is ready';
    return [
      { name, value: median(times), limit: BAR_MS, unit: 'ms' },
      { name: `${name}, longest`, value: Math.max(...times), limit: BAR_MS, unit: 'ms' },
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}
