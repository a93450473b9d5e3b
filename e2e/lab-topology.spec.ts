import type { Locator } from '@playwright/test';
import { axeFinds, openLabAt } from './lab-panel.ts';
import { expect, test } from './test.ts';

let panel: Locator;
let nodes: Locator;

test.beforeEach(async ({ page }) => {
  panel = await openLabAt(page, 'replication', 'Topology');
  nodes = panel.getByRole('option');
  await expect(nodes).toHaveCount(3);
});

test('the nodes say what they are, in the picture and in the table, and axe finds nothing', async ({ page }) => {
  await expect(nodes.first()).toContainText(/redis-1primary10\.0\.0\.1:6379offset \d+0 keys/);
  await expect(nodes.last()).toContainText(/replica of redis-1.*level/);
  await expect(panel.getByText('which node is their primary? redis-1. All agree.')).toBeVisible();
  await panel.getByText('The same as a table').click();
  await expect(
    panel.getByRole('row', { name: /^redis-2 replica of redis-1 10\.0\.0\.2:6379 answers link to redis-1 up/ }),
  ).toBeVisible();
  await nodes.first().click();
  expect(await axeFinds(page, 'lab-panel[panel=topology]')).toEqual([]);
});

test('a node is chosen by keys; its log, configuration, files and terminal are there', async ({ page, terminal }) => {
  await nodes.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(nodes.nth(1)).toBeFocused();
  await expect(nodes.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(panel.getByRole('region', { name: 'Log of redis-2' })).toContainText('Finished with success');

  await panel.getByRole('tab', { name: 'Log' }).focus();
  await page.keyboard.press('ArrowRight');
  const file = panel.getByLabel('/data/redis-2/redis.conf');
  await expect(file).toHaveValue(/^replicaof 10\.0\.0\.1 6379$/m);
  await file.fill('port 6379\nappendonly yes\n');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(
    panel.getByText('Saved. The server reads /data/redis-2/redis.conf the next time it starts.'),
  ).toBeVisible();
  await panel.getByLabel('Settings containing').fill('no such setting');
  await expect(panel.getByText(/^0 of \d+ settings$/)).toBeVisible();
  await panel.getByLabel('Settings containing').fill('appendonly');
  await expect(panel.getByRole('row', { name: 'appendonly no' })).toBeVisible();

  await panel.getByRole('tab', { name: 'Files' }).click();
  await panel.getByRole('button', { name: 'redis.conf' }).click();
  await expect(panel.getByText('/data/redis-2/redis.conf, bytes 0 to 25 of 25')).toBeVisible();
  await expect(panel.getByText('00000000: 706f 7274 2036 3337 390a 6170 7065 6e64  port 6379.append')).toBeVisible();

  await panel.getByRole('button', { name: 'Open a terminal on redis-2' }).click();
  await terminal.shows(/^10\.0\.0\.2:6379>/m);
  await expect(terminal.root.getByRole('tab', { name: 'redis-2', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a node that has ended is told by all, and the panel goes on, also with a fresh machine', async ({
  page,
  terminal,
}) => {
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.type('SHUTDOWN NOSAVE');
  await panel.scrollIntoViewIfNeeded();
  await expect(nodes.first()).toContainText('refuses connections');
  await expect(panel.getByRole('status').first()).toContainText('redis-1 refuses connections.');
  await expect(nodes.nth(1)).toContainText('link to redis-1 down');
  await page.getByRole('button', { name: 'Start over' }).click();
  await panel.scrollIntoViewIfNeeded();
  await expect(nodes.first()).not.toContainText('refuses connections');
  await expect(nodes.nth(1)).toContainText('level');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('the open panel does not scroll sideways', async ({ page }) => {
    await nodes.first().click();
    await panel.getByText('The same as a table').click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
