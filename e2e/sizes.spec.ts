import { gzipSync } from 'node:zlib';
import { type Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { openDock } from './terminal.ts';

/** Watches what a page and its workers load; the result sums up their JavaScript so far, as gzip would send it. */
function watchScripts(page: Page): () => Promise<number> {
  const sizes = new Map<string, Promise<number>>();
  page.context().on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    const url = response.url();
    // The service worker comes when the page is done, and has a budget of its own: the whole site.
    if (!type.startsWith('text/javascript') || response.request().serviceWorker() || url.endsWith('/sw.js')) return;
    sizes.set(
      url,
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    );
  });
  return async () => {
    const inline = await page.locator('script:not([src])').allTextContents();
    const files = await Promise.all(sizes.values());
    const sum = files.reduce((total, size) => total + size, gzipSync(inline.join('\n'), { level: 9 }).length);
    console.log(`${String(sum)} bytes in ${String(sizes.size)} files`);
    return sum;
  };
}

test('a lesson whose terminal is closed has at most 45 kB of JavaScript', async ({ page }) => {
  const scriptBytes = watchScripts(page);
  await page.goto('lessons/what-is-redis/', { waitUntil: 'networkidle' });
  expect(await scriptBytes()).toBeLessThanOrEqual(45_000);
});

test('a lesson with its terminal open and a block run has at most 150 kB of JavaScript', async ({ page }) => {
  const scriptBytes = watchScripts(page);
  await page.goto('lessons/what-is-redis/', { waitUntil: 'networkidle' });
  await openDock(page);
  await page.getByRole('button', { name: 'Run' }).first().click();
  await expect(page.getByText('every reply as printed').first()).toBeVisible();
  expect(page.workers().length).toBe(1);
  expect(await scriptBytes()).toBeLessThanOrEqual(150_000);
});
