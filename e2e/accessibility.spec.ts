import { axeFinds } from './axe.ts';
import { expect, test } from './test.ts';
import { openDock } from './terminal.ts';

const PAGES = [
  '',
  'playground/',
  'lab/',
  'lessons/what-is-redis/',
  'lessons/redis-cli/',
  'lessons/strings/',
  'commands/',
  'commands/set/',
  'commands/client-kill/',
  'paths/',
  'paths/sixteen-steps/',
  'progress/',
  'review/',
  'log/',
  'notices/',
  'fidelity/',
  'no-such-page/',
];

for (const path of PAGES)
  test(`axe finds nothing on /${path}`, async ({ page, watch }) => {
    // Nearly four hundred lines, each of which axe looks at.
    test.slow(path === 'commands/');
    watch.allow('404 (Not Found)');
    await page.goto(path);
    if (['', 'playground/', 'lab/'].includes(path)) await page.waitForSelector('redis-terminal[data-engine=ready]');
    expect(await axeFinds(page)).toEqual([]);
  });

test('axe finds nothing on a lesson with an open terminal and a block that has run', async ({ page }) => {
  await page.goto('lessons/what-is-redis/');
  const terminal = await openDock(page);
  await terminal.newTab();
  await page.getByRole('button', { name: 'Run' }).first().click();
  await expect(page.getByText('every reply as printed').first()).toBeVisible();
  expect(await axeFinds(page)).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  test('the home page shows its live terminal without scrolling, and keys that a phone lacks', async ({
    page,
    terminal,
  }) => {
    await page.goto('');
    await terminal.ready();
    await expect(terminal.root).toBeInViewport({ ratio: 1 });
    await terminal.type('ECHO one');
    await terminal.root.getByRole('button', { name: 'Previous line' }).click();
    await terminal.shows(/> ECHO one\n"one"\n.*> ECHO one$/);
  });
  for (const path of PAGES.slice(0, -1)) {
    test(`/${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }
});

test('the home page shows its live terminal without scrolling', async ({ page, terminal }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('');
  await terminal.ready();
  await expect(terminal.root).toBeInViewport({ ratio: 1 });
});
