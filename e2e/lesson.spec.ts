import { expect, test } from './test.ts';
import { openDock } from './terminal.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('lessons/what-is-redis/');
});

test('Run plays a block in the page and shows its replies', async ({ page }) => {
  const block = page.locator('figure[data-redis-transcript]').first();
  await block.getByRole('button', { name: 'Run' }).click();
  await expect(block).toContainText('every reply as printed');
});

test('nothing of the engine or the terminal is loaded before it is asked for', async ({ page }) => {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(urls.filter((url) => /\.wasm|terminal-panel|worker|pagefind/.test(url))).toEqual([]);
});

test('a terminal and the Run buttons share one machine', async ({ page }) => {
  const terminal = await openDock(page);
  await terminal.type('SET by:hand 1');
  await terminal.shows('OK');
  const block = page.locator('figure[data-redis-transcript]').first();
  await block.getByRole('button', { name: 'Run' }).click();
  await expect(block).toContainText('every reply as printed');
  await terminal.type('EXISTS by:hand bike:1');
  await terminal.shows('(integer) 2');
});

test('the terminal opens and closes by key, keeps what runs in it, and its height is set by keys', async ({ page }) => {
  const terminal = await openDock(page);
  await terminal.type('SET kept 1');
  const height = async (): Promise<number> => (await terminal.root.boundingBox())?.height ?? 0;
  const before = await height();
  await terminal.root.getByRole('separator').press('ArrowUp');
  expect(await height()).toBeGreaterThan(before);
  await page.keyboard.press('Control+Backquote');
  await expect(terminal.root).toBeHidden();
  await page.keyboard.press('Control+Backquote');
  await expect(terminal.input).toBeFocused();
  await terminal.shows('SET kept 1\nOK');
});

test('a lesson to be read before that is not written yet has its title, and no link', async ({ page }) => {
  await page.goto('lessons/cluster-lab/');
  const before = page.getByText('Read first:');
  await expect(before).toHaveText('Read first: Redis Cluster (planned); Replication');
  await expect(before.getByRole('link')).toHaveText(['Replication']);
});

test('search finds a lesson and leads to it', async ({ page }) => {
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('sorted set');
  await page.locator('.results a').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('without JavaScript a lesson and the home page still show their transcripts', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL ?? ''}lessons/what-is-redis/`);
  await expect(page.getByText('"Deimos"').first()).toBeVisible();
  await page.goto(baseURL ?? '');
  await expect(page.getByText('"Deimos"').first()).toBeVisible();
  await context.close();
});
