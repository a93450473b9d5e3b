import { gzipSync } from 'node:zlib';
import { type Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { openDock } from './terminal.ts';

/** Watches what a page loads; the result sums up its JavaScript so far, as gzip would send it. Service workers do not count. */
function watchScripts(page: Page): () => Promise<number> {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    const url = response.url();
    if (!type.startsWith('text/javascript') || url.endsWith('/sw.js')) return;
    sizes.set(url, response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  return async () => {
    const inline = await page.locator('script:not([src])').allTextContents();
    const files = await Promise.all(sizes.values());
    return files.reduce((sum, size) => sum + size, gzipSync(inline.join('\n'), { level: 9 }).length);
  };
}

test('a lesson whose terminal is closed has at most 45 kB of JavaScript', async ({ page }) => {
  const scriptBytes = watchScripts(page);
  await page.goto('lessons/what-is-redis/', { waitUntil: 'networkidle' });
  const bytes = await scriptBytes();
  test.info().annotations.push({ type: 'bytes', description: String(bytes) });
  expect(bytes).toBeLessThanOrEqual(45_000);
});

test('a lesson with its terminal open and a block run has at most 150 kB of JavaScript', async ({ page, context }) => {
  const scriptBytes = watchScripts(page);
  const worker: Promise<number>[] = [];
  // A worker's script is not among its page's responses.
  context.on('response', (response) => {
    if (/engine\.worker.*\.js$/.test(response.url())) {
      worker.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    }
  });
  await page.goto('lessons/what-is-redis/', { waitUntil: 'networkidle' });
  await openDock(page);
  await page.getByRole('button', { name: 'Run' }).first().click();
  await expect(page.getByText('every reply as printed').first()).toBeVisible();
  const bytes = (await scriptBytes()) + ((await Promise.all(worker))[0] ?? 0);
  expect(worker.length).toBeGreaterThan(0);
  test.info().annotations.push({ type: 'bytes', description: String(bytes) });
  expect(bytes).toBeLessThanOrEqual(150_000);
});
