import { cp, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSiteServer } from '../scripts/serve/site-server.ts';
import { writeServiceWorker } from '../src/offline/integration.ts';
import { openDock } from './terminal.ts';
import { expect, test, untilOffline } from './test.ts';

const DIST = process.env.DIST ?? 'dist';

test('after one visit everything works without a network: pages never visited, examples, terminals, search', async ({
  page,
  context,
  terminal,
  watch,
}) => {
  watch.allow('no-such-page');
  await page.goto('notices/');
  await untilOffline(page);
  await context.setOffline(true);
  await page.goto('lessons/strings/');
  const block = page.locator('figure[data-redis-transcript]').first();
  await block.getByRole('button', { name: 'Run' }).click();
  await expect(block).toContainText('every reply as printed');
  await page.goto('playground');
  await terminal.ready();
  await terminal.type('SET bike:1 Deimos', 'GET bike:1');
  await terminal.shows('"Deimos"');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('string');
  await expect(page.locator('.results a').first()).toBeVisible();
  const answer = await page.goto('no-such-page/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('the command reference is kept by a visit to it, and not before', async ({ page, context }) => {
  // 390 pages are fetched, hashed and stored; on a busy computer that takes its time.
  test.setTimeout(180_000);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().filter(({ url }) => new URL(url).pathname.startsWith('/commands/')).length;
    });
  await page.goto('notices/');
  await untilOffline(page);
  expect(await kept()).toBe(0);
  await page.goto('commands/get/');
  await expect.poll(kept, { timeout: 150_000 }).toBeGreaterThan(380);
  await context.setOffline(true);
  await page.goto('commands/zadd/');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.locator('.redis-status')).toHaveText(/every reply as printed/);
});

test.describe('deployments', () => {
  /** A copy of the built site that a test may change while it is served. */
  const site = test.extend<{ folder: string; url: string }>({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to see what a fixture needs
    folder: async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'redis-site-'));
      await cp(DIST, folder, { recursive: true });
      await use(folder);
      await rm(folder, { recursive: true });
    },
    url: async ({ folder }, use) => {
      const server = await startSiteServer({ dist: folder, host: 'localhost', port: 0, base: '/' });
      await use(server.url);
      await server.close();
    },
    // eslint-disable-next-line no-empty-pattern -- the same
    watch: async ({}, use) => use({ allow: () => {} }),
  });

  site('a new one is offered, and taken over whole by a reload', async ({ page, folder, url }) => {
    await page.goto(`${url}notices/`);
    await untilOffline(page);
    await replaceInPage(folder, 'Licence and notices', 'The second deployment');
    await writeServiceWorker(`${folder}/`, '/');
    // The present page, and pages opened before the reader agrees, are all of the first.
    await page.goto(`${url}notices/`);
    await expect(page.getByText('A new version of the site is available.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Licence and notices' })).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { name: 'The second deployment' })).toBeVisible();
  });

  site('a page of the one before goes on with its own files', async ({ page, context, folder, url }) => {
    await page.goto(`${url}lessons/what-is-redis/`);
    await untilOffline(page);
    // What this page has not loaded yet is no longer on the host.
    for await (const file of glob('_astro/terminal-panel*.js', { cwd: folder })) await rm(join(folder, file));
    await writeServiceWorker(`${folder}/`, '/');
    const other = await context.newPage();
    await other.goto(`${url}notices/`);
    await other.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByText('The site has been updated.')).toBeVisible();
    await openDock(page);
  });

  site('one that is not complete yet is not taken', async ({ page, folder, url }) => {
    await page.goto(`${url}notices/`);
    await untilOffline(page);
    await replaceInPage(folder, 'Licence and notices', 'The second deployment');
    await writeServiceWorker(`${folder}/`, '/');
    // The service worker is there before all the files that it lists are.
    await replaceInPage(folder, 'The second deployment', 'Something in between');
    const failed = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const found = new Promise((resolve) => registration.addEventListener('updatefound', resolve, { once: true }));
      await registration.update().catch(() => undefined);
      await found;
      const { installing } = registration;
      await new Promise<void>((resolve) => {
        if (!installing || installing.state === 'redundant') resolve();
        else installing.addEventListener('statechange', () => installing.state === 'redundant' && resolve());
      });
      return (await caches.keys()).length;
    });
    expect(failed).toBe(1);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Licence and notices' })).toBeVisible();
  });
});

async function replaceInPage(folder: string, before: string, after: string): Promise<void> {
  const file = join(folder, 'notices/index.html');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(before, after));
}
