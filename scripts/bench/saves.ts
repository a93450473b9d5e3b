import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { median } from '../../wasm-redis/bench/measure.ts';
import { type SaveTimes } from '../../wasm-redis/bench/saves.ts';
import { CHROMIUM } from '../chromium.ts';
import { startSiteServer } from '../serve/site-server.ts';
import { withBuiltPage } from './built-page.ts';

/** A page with nothing but the engine, so that no build of the site is needed. */
const PAGE = join(import.meta.dirname, 'saves-page');

/** How long it takes in Chromium to save a machine of six cluster nodes and to put it back: medians, and the longest. */
export async function measureSavesInChromium(rounds: number): Promise<Figure[]> {
  return withBuiltPage(PAGE, async (dist) => figuresOf(await runPage(dist, rounds)));
}

async function runPage(dist: string, rounds: number): Promise<SaveTimes> {
  const site = await startSiteServer({ dist, host: 'localhost', port: 0, base: '/' });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    return await page.evaluate((count) => window.measureSaves(count), rounds);
  } finally {
    await browser.close();
    await site.close();
  }
}

function figuresOf(times: SaveTimes): Figure[] {
  const ms = (name: string, value: number): Figure => ({ name, value, unit: 'ms' });
  return [
    ms('6 nodes: first save', times.firstSaveMs),
    ms('6 nodes: save a second later', median(times.saveMs)),
    ms('6 nodes: the longest such save', Math.max(...times.saveMs)),
    ms('6 nodes: restore, one of them killed', median(times.restoreMs)),
    ms('6 nodes: the longest restore', Math.max(...times.restoreMs)),
    { name: '6 nodes: a save, a second after another', value: median(times.ownBytes), unit: 'bytes' },
  ];
}
