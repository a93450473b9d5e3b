import type { Locator } from '@playwright/test';
import { axeFinds, openLabAt } from './lab-panel.ts';
import { expect, test } from './test.ts';

let panel: Locator;
let rows: Locator;

test.beforeEach(async ({ page }) => {
  panel = await openLabAt(page, 'replication', 'Timeline');
  rows = panel.locator('.tl-row');
  await expect(rows.first()).toBeVisible();
});

test('what the logs tell is listed, can be chosen from, and axe finds nothing', async ({ page }) => {
  await expect(panel.getByRole('row', { name: 'redis-1 full resync redis-2 asks for a full copy' })).toBeVisible();
  await panel.getByLabel('Start and end').uncheck();
  await expect(panel.getByRole('row', { name: 'its process begins' })).toHaveCount(0);
  await panel.getByLabel('Containing').fill('REDIS-2 asks');
  await expect(rows).toHaveCount(1);
  await panel.getByLabel('Containing').fill('<b>');
  await expect(panel.getByText('No kind of event is chosen, or nothing has happened yet.')).toBeVisible();
  await panel.getByRole('button', { name: 'Add to the learning log' }).click();
  await expect(panel.getByText('There is no event to save.')).toBeVisible();
  expect(await axeFinds(page, 'lab-panel[panel=timeline]')).toEqual([]);
});

test('one goes back by keys, sees the nodes as they were, and puts the timeline into the log', async ({
  page,
  terminal,
}) => {
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.type('SHUTDOWN NOSAVE');
  await panel.scrollIntoViewIfNeeded();
  await expect(panel.getByRole('row', { name: /redis-1 gone refuses connections/ })).toBeVisible();
  const time = panel.getByRole('slider', { name: 'Time shown' });
  await expect(time).toHaveAttribute('aria-valuetext', /, now$/);
  await time.focus();
  await page.keyboard.press('Home');
  await expect(panel.getByRole('heading', { name: 'The nodes at 00:00:00.000' })).toBeVisible();
  const then = panel.getByRole('listbox', { name: 'Nodes as they were' }).getByRole('option').first();
  await expect(then).toContainText('primary');
  await expect(then).not.toContainText('refuses connections');
  await expect(panel.getByText('Nothing was recorded then')).toBeVisible();
  await panel.getByRole('button', { name: 'Next event' }).click();
  await expect(panel.getByRole('heading', { name: 'The nodes at 00:00:00.001' })).toBeVisible();
  const last = rows.last().getByRole('button');
  await last.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: /^The nodes at/ })).not.toHaveText('The nodes at 00:00:00.001');
  await panel.getByRole('button', { name: 'Now', exact: true }).click();
  await expect(panel.getByRole('heading', { name: /^The nodes at/ })).toBeHidden();

  await panel.getByRole('button', { name: 'Add to the learning log' }).click();
  await panel.getByRole('link', { name: 'learning log' }).click();
  await expect(page.getByText(/events on the timeline of the lab, 00:00:00\.\d{3} to/)).toBeVisible();
  await expect(page.getByLabel('Attached terminal')).toContainText(
    'redis-1  full resync: redis-2 asks for a full copy',
  );
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('the open panel does not scroll sideways', async ({ page }) => {
    await panel.getByRole('button', { name: 'Previous event' }).click();
    await expect(panel.getByRole('listbox', { name: 'Nodes as they were' }).getByRole('option').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
