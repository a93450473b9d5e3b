import { expect, test, untilOffline } from './test.ts';
import { openDock } from './terminal.ts';

test('under a sub-path links, examples, terminals, search and the offline copy work', async ({
  page,
  context,
  terminal,
}) => {
  await page.goto('');
  await terminal.ready();
  await page.getByRole('link', { name: 'Start with lesson one' }).click();
  await expect(page).toHaveURL(/\/course\/lessons\/what-is-redis\/$/);
  const block = page.locator('figure[data-redis-transcript]').first();
  await block.getByRole('button', { name: 'Run' }).click();
  await expect(block).toContainText('every reply as printed');
  await untilOffline(page);
  await context.setOffline(true);
  await page.goto('lessons/redis-cli/');
  const dock = await openDock(page);
  await dock.type('PING');
  await dock.shows('PONG');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('string');
  await page.locator('.results a').first().click();
  await expect(page).toHaveURL(/\/course\//);
});

test('nothing is fetched from outside of the sub-path', async ({ page, terminal }) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/course/')) outside.push(request.url());
  });
  await page.goto('playground/');
  await terminal.ready();
  await untilOffline(page);
  expect(outside).toEqual([]);
});
