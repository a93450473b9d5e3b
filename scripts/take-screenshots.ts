/**
 * Writes screenshots of the main pages into `shots/`: 1280 and 360 pixels wide, light and dark, terminal closed and open.
 * `npm run shots -- [--dist dist] [--base /] [name ...]`: a name is the beginning of a file's name.
 */
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM } from './chromium.ts';
import { startSiteServer } from './serve/site-server.ts';

interface Shot {
  name: string;
  path: string;
  /** Brings the page into the state to be shown. */
  prepare?: (page: Page) => Promise<void>;
  wholePage?: boolean;
  javaScript?: false;
}

const ready = (page: Page): Promise<unknown> => page.waitForSelector('redis-terminal[data-engine=ready]');

async function type(page: Page, ...lines: string[]): Promise<void> {
  await page.locator('.rt-screen:not([hidden]) textarea').focus();
  for (const line of lines) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(150);
  }
}

async function openDock(page: Page): Promise<void> {
  await page.click('.dock-open');
  await ready(page);
  await type(page, 'SET bike:1 "Deimos"', 'GET bike:1', 'LRANGE nosuch 0 -1', 'INCR bike:1');
}

const SHOTS: readonly Shot[] = [
  { name: 'home', path: '', prepare: async (page) => void (await ready(page)) },
  {
    name: 'home-typed',
    path: '',
    wholePage: true,
    prepare: async (page) => {
      await ready(page);
      await type(page, 'SET bike:1 Deimos', 'HSET bike:2 model Phobos', 'HGETALL bike:2', 'INCR bike:1');
    },
  },
  { name: 'home-static', path: '', javaScript: false },
  { name: 'lesson', path: 'lessons/what-is-redis/' },
  { name: 'lesson-whole', path: 'lessons/what-is-redis/', wholePage: true },
  { name: 'lesson-terminal', path: 'lessons/what-is-redis/', prepare: openDock },
  {
    name: 'lesson-run',
    path: 'lessons/what-is-redis/',
    prepare: async (page) => {
      await page.locator('.redis-run').nth(1).click();
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'playground',
    path: 'playground/',
    prepare: async (page) => {
      await ready(page);
      await type(page, 'SET bike:1 Deimos', 'INFO server');
    },
  },
  {
    name: 'playground-options',
    path: 'playground/',
    prepare: async (page) => {
      await ready(page);
      await page.click('[data-do=options]');
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'playground-loading',
    path: 'playground/',
    prepare: async (page) => {
      await page.route('**/redis-server*.wasm', () => undefined);
      await page.reload();
      await page.waitForSelector('redis-terminal[data-engine=loading]');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'playground-failed',
    path: 'playground/',
    prepare: async (page) => {
      await page.route('**/redis-server*.wasm', (route) => route.abort());
      await page.reload();
      await page.waitForSelector('redis-terminal[data-engine=failed]');
    },
  },
  {
    name: 'search',
    path: 'lessons/what-is-redis/',
    prepare: async (page) => {
      await page.click('site-search .opener');
      await page.keyboard.type('server');
      await page.waitForSelector('.results a');
    },
  },
  { name: 'not-found', path: 'no-such-page/' },
  { name: 'notices', path: 'notices/' },
];

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' } },
});
const folder = new URL('../shots/', import.meta.url);
await mkdir(folder, { recursive: true });
const server = await startSiteServer({ dist: values.dist, base: values.base, host: 'localhost', port: 0 });
const browser = await chromium.launch(CHROMIUM);
const wanted = SHOTS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
for (const viewport of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const phone = viewport.width < 600;
    const phoneLike = { hasTouch: phone, isMobile: phone };
    // Each visit is a first one: the service worker would keep files from the shots that hold them back.
    const context = await browser.newContext({ viewport, colorScheme, ...phoneLike, serviceWorkers: 'block' });
    const still = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: false });
    for (const { name, path, prepare, wholePage = false, javaScript = true } of wanted) {
      const page = await (javaScript ? context : still).newPage();
      await page.goto(server.url + path);
      if (javaScript) await page.evaluate(() => document.fonts.ready);
      await prepare?.(page);
      await page.waitForTimeout(300);
      const file = `${name}-${String(viewport.width)}-${colorScheme}.png`;
      await page.screenshot({ path: new URL(file, folder).pathname, fullPage: wholePage });
      await page.close();
      console.log(file);
    }
    await context.close();
    await still.close();
  }
}
await browser.close();
await server.close();
