import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { CHROMIUM } from '../chromium.ts';
import { startSiteServer } from '../serve/site-server.ts';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { median } from '../../wasm-redis/bench/measure.ts';
import { installProbe, type ProbeReport } from './page-probe.ts';
import { SITE } from './page-sizes.ts';

const TERMINAL_PAGE = 'playground/';
const LESSON = 'lessons/strings/';
const KEYS = 20;

/**
 * How long a reader waits, in Chromium on this computer: on a first visit and with everything in the cache. Medians of
 * so many visits. Rejects if the site has not been built.
 */
export async function measureChromium(visits: number): Promise<Figure[]> {
  const site = await startSiteServer({ dist: SITE, host: 'localhost', port: 0, base: process.env['BASE'] ?? '/' });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const firstVisits: number[] = [];
    for (let visit = 0; visit < visits; visit++) firstVisits.push(await timeFirstVisit(browser, site.url));
    const context = await newContext(browser);
    await keepForOffline(context, site.url);
    const prompts: number[] = [];
    const echoes: number[] = [];
    const pongs: number[] = [];
    const runs: number[] = [];
    for (let visit = 0; visit < visits; visit++) {
      const terminal = await useTerminal(context, site.url);
      prompts.push(terminal.firstPrompt!);
      echoes.push(...terminal.echoes);
      const lesson = await runBlocks(context, site.url);
      pongs.push(lesson.firstRunEnded! - lesson.workerStarted!);
      runs.push(...lesson.runs.slice(1));
    }
    const figure = (name: string, times: readonly number[]): Figure => ({ name, value: median(times), unit: 'ms' });
    return [
      figure('first visit: navigation to first prompt', firstVisits),
      figure('warm cache: navigation to first prompt', prompts),
      figure('warm cache: worker start to first PONG', pongs),
      figure('keystroke to echo', echoes),
      figure('Run to its replies, booted', runs),
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.addInitScript(installProbe);
  return context;
}

async function timeFirstVisit(browser: Browser, url: string): Promise<number> {
  const context = await newContext(browser);
  const page = await context.newPage();
  await page.goto(url + TERMINAL_PAGE);
  await seesPrompt(page);
  const { firstPrompt } = await report(page);
  await context.close();
  return firstPrompt!;
}

/** Visits once and waits until the service worker has everything. */
async function keepForOffline(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(url + TERMINAL_PAGE);
  await seesPrompt(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.close();
}

async function useTerminal(context: BrowserContext, url: string): Promise<ProbeReport> {
  const page = await context.newPage();
  await page.goto(url + TERMINAL_PAGE);
  await seesPrompt(page);
  await page.locator('.rt-screen:not([hidden]) textarea').focus();
  for (let key = 1; key <= KEYS; key++) {
    await page.keyboard.press('x');
    await page.waitForFunction((count) => window.probe.echoes.length >= count, key);
  }
  const seen = await report(page);
  await page.close();
  return seen;
}

/** The first Run boots the machine for a PING; the others find it running. */
async function runBlocks(context: BrowserContext, url: string): Promise<ProbeReport> {
  const page = await context.newPage();
  await page.goto(url + LESSON);
  const blocks = page.locator('figure[data-redis-transcript]');
  await blocks.first().evaluate((block) => block.setAttribute('data-redis-transcript', '> PING\nPONG'));
  const count = Math.min(3, await blocks.count());
  for (let run = 1; run <= count; run++) {
    await blocks
      .nth(run - 1)
      .locator('.redis-run')
      .click();
    await page.waitForFunction((ended) => window.probe.runs.length >= ended, run);
  }
  const seen = await report(page);
  await page.close();
  return seen;
}

async function seesPrompt(page: Page): Promise<void> {
  await page.waitForFunction(() => window.probe.firstPrompt !== undefined);
}

function report(page: Page): Promise<ProbeReport> {
  return page.evaluate(() => window.probe);
}
