import { expect, test } from './test.ts';

test('the index lists every command, and typing leaves those that match', async ({ page }) => {
  await page.goto('commands/');
  const links = page.locator('section.group a');
  const count = await links.count();
  expect(count).toBeGreaterThan(360);
  await page.getByLabel('Filter').fill('xadd');
  await expect(page.locator('section.group li:visible a').first()).toHaveText('XADD');
  await expect(page.getByRole('heading', { name: 'Strings', exact: true })).toBeHidden();
  await page.getByLabel('Filter').fill('no such command');
  await expect(page.locator('command-filter').getByRole('status')).toHaveText('0 commands');
  await page.getByLabel('Filter').fill('');
  await expect(page.locator('section.group li:visible a')).toHaveCount(count);
});

test('from the index to a command, and its example runs', async ({ page }) => {
  await page.goto('commands/');
  await page.getByRole('link', { name: 'GETEX', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('GETEX');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.locator('.redis-status')).toHaveText(/every reply as printed/);
});

test('a container leads to its subcommands and back', async ({ page }) => {
  await page.goto('commands/config/');
  await page.getByRole('link', { name: 'CONFIG REWRITE', exact: true }).click();
  await expect(page).toHaveURL(/commands\/config-rewrite\/$/);
  await page.getByRole('main').getByRole('link', { name: 'CONFIG', exact: true }).click();
  await expect(page).toHaveURL(/commands\/config\/$/);
});

test('a cluster of two nodes fails over on one page', async ({ page }) => {
  await page.goto('commands/cluster-failover/');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.locator('.redis-status')).toHaveText(/every reply as printed/, { timeout: 20_000 });
});

test('what Redis writes in angle brackets is text on the page', async ({ page }) => {
  await page.goto('commands/acl-help/');
  await expect(page.getByText('ACL <subcommand>').first()).toBeVisible();
  await expect(page.locator('subcommand, username')).toHaveCount(0);
  await page.goto('commands/xadd/');
  await expect(page.locator('.syntax')).toContainText('[<MAXLEN | MINID> [= | ~] threshold [LIMIT count]]');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the index is a list of links, without a filter, and a command has its example', async ({ page }) => {
    await page.goto('commands/');
    await expect(page.getByRole('link', { name: 'ZADD', exact: true })).toBeVisible();
    await expect(page.locator('command-filter')).toBeHidden();
    await page.goto('commands/zadd/');
    await expect(page.getByText('ZADD board 100 ann 80 bob')).toBeVisible();
  });
});
