import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './test.ts';

/** A Monday, at noon. */
const MONDAY = new Date(2026, 5, 8, 12);

test('a plan dates the lessons, says where one stands, is in the export, is made anew and dropped', async ({
  page,
}) => {
  await page.clock.setFixedTime(MONDAY);
  await page.goto('paths/sixteen-steps/');
  const said = page.locator('.pace-said');
  const dates = page.locator('.rm-by');
  await expect(said).toBeEmpty();
  await page.getByText('A plan with dates').click();
  await page.getByRole('button', { name: 'Light: 3' }).click();
  for (const day of ['Tue', 'Thu']) await page.getByLabel(day, { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(said).toContainText('You are on schedule. It ends on');
  await expect(dates.first()).toHaveText(' · by Mon 8 Jun');
  // An hour on Monday, Wednesday and Friday: no other day of the week is ever given.
  const given = await dates.allTextContents();
  expect(given.length).toBeGreaterThan(20);
  expect(given.filter((date) => !/ · by (Mon|Wed|Fri) /.test(date))).toEqual([]);

  await page.clock.setFixedTime(MONDAY.getTime() + 14 * 86_400_000);
  await page.reload();
  await expect(said).toContainText('The plan is');
  await expect(said).toContainText('ahead of you.');
  await expect(said.getByRole('link').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.getByRole('button', { name: 'Plan again from today' }).click();
  await expect(said).toContainText('You are on schedule.');
  await expect(dates.first()).toHaveText(' · by Mon 22 Jun');
  await page.getByRole('button', { name: 'Drop the plan' }).click();
  await expect(said).toBeEmpty();
  await expect(dates).toHaveCount(0);
});

test('a plan is per route, and a lesson that is done loses its date in every tab', async ({ page, context }) => {
  await page.clock.setFixedTime(MONDAY);
  await page.goto('paths/seven-days/');
  await page.getByText('A plan with dates').click();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  const dates = page.locator('.rm-by');
  await expect(dates.first()).toBeVisible();
  const before = await dates.count();
  const other = await context.newPage();
  await other.goto('lessons/strings/');
  await other.getByRole('button', { name: 'Mark as done' }).click();
  await expect(page.locator('[data-path-lesson=strings] .rm-by')).toHaveCount(0);
  await expect(dates).toHaveCount(before - 1);
  await page.goto('paths/masterclass/');
  await expect(page.getByText('A plan with dates')).toBeVisible();
  await expect(page.locator('.pace-said')).toBeEmpty();
});
