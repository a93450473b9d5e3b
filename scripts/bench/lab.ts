import { chromium, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BARS_TOPOLOGY } from '../../wasm-redis/bench/bars-topology.ts';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { CHROMIUM } from '../chromium.ts';
import { startSiteServer } from '../serve/site-server.ts';
import { withBuiltPage } from './built-page.ts';
import { installIdleProbe } from './idle-probe.ts';
import { BARS, idleFigures, measureIdle } from './idle.ts';
import { SITE } from './page-sizes.ts';

/** A page with nothing but the engine, so that no build of the site is needed. */
const PAGE = join(import.meta.dirname, 'lab-page');
/** A lesson with terminals and the topology; its machine is replaced. */
const LESSON = 'lessons/replication/';

/** Time for what follows a start to come to rest: Sentinels and cluster nodes make each other's acquaintance. */
const SETTLE_MS = 3000;

/** Part of the figures: what they are of, and they. */
export interface LabFigures {
  of: string;
  figures: readonly Figure[];
}

/**
 * Pages whose machine has thirteen processes and a clock at rate 1, left alone for so long each: their memory, their frames, the
 * tasks of their main thread, and the processor time of both their threads. What only Linux counts is left out elsewhere. First a
 * page with the engine alone; then, if the site has been built, a lesson with its panels closed, and with the topology open.
 */
export async function measureLabPages(idleMs: number): Promise<LabFigures[]> {
  return withBuiltPage(PAGE, async (dist) => [
    { of: 'the engine alone', figures: await inPage(dist, '/', (page) => measureEngine(page, idleMs)) },
    ...(existsSync(join(SITE, LESSON)) ? await measureLesson(idleMs) : []),
  ]);
}

async function measureEngine(page: Page, idleMs: number): Promise<Figure[]> {
  const empty = await page.evaluate((forMs) => window.watchIdle(forMs), idleMs);
  const memories = await page.evaluate(() => window.startLab());
  await page.waitForTimeout(SETTLE_MS);
  return [
    {
      name: `${String(memories.length)} processes: linear memories`,
      value: memories.reduce((sum, bytes) => sum + bytes, 0),
      limit: BARS.bytes,
      unit: 'bytes',
    },
    ...(await measureIdle(page, idleMs)),
    // On a computer that has other work, this page's figures are not those of what it does.
    ...idleFigures(empty).map(({ name, value, unit }): Figure => ({ name: `before them, ${name}`, value, unit })),
  ];
}

async function measureLesson(idleMs: number): Promise<LabFigures[]> {
  const base = process.env['BASE'] ?? '/';
  return inPage(SITE, base + LESSON, async (page) => {
    await page.getByRole('button', { name: 'Terminal', exact: true }).click();
    await page.waitForSelector('terminal-dock redis-terminal[data-engine=ready]');
    await page.waitForTimeout(SETTLE_MS);
    const closed = { of: 'a lesson with a terminal, panels closed', figures: await measureIdle(page, idleMs) };
    await page.getByRole('button', { name: 'Open Topology' }).click();
    const cards = page.locator('lab-panel[panel=topology]').getByRole('option');
    // Also the proof that the machine is the one that was wanted.
    await cards.nth(BARS_TOPOLOGY.nodes.length - 1).waitFor();
    await page.waitForTimeout(SETTLE_MS);
    return [closed, { of: 'the same, topology open', figures: await measureIdle(page, idleMs) }];
  });
}

/** Opens a page of a site whose machine, if its frontmatter names one, is that of the bars. */
async function inPage<Result>(dist: string, path: string, use: (page: Page) => Promise<Result>): Promise<Result> {
  const base = process.env['BASE'] ?? '/';
  const site = await startSiteServer({ dist, host: 'localhost', port: 0, base: dist === SITE ? base : '/' });
  const browser = await chromium.launch(CHROMIUM);
  try {
    // The first visit: a service worker would answer in the place of the route.
    const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(installIdleProbe);
    await page.route(`**${path}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: withMachine(await response.text()) });
    });
    await page.goto(new URL(path, site.url).href);
    return await use(page);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** The page with another machine in its frontmatter; as it is, if it names none. */
function withMachine(html: string): string {
  const machine = JSON.stringify({ topology: BARS_TOPOLOGY, server: [], clients: {} });
  return html.replace(
    /(<meta name="redis-machine" content=)"[^"]*"/,
    (_, start: string) => `${start}"${machine.replaceAll('"', '&quot;')}"`,
  );
}
