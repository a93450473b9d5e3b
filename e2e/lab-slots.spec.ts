import { axeFinds, openLab, openPanel } from './lab-panel.ts';
import { expect, test } from './test.ts';

test('the slots of a cluster, a slot on its way, and what becomes of keys', async ({ page, terminal }) => {
  await openLab(page, 'cluster');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await page.getByRole('button', { name: 'Open Slots' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.locator('lab-panel[panel=slots]');
  await expect(panel.getByRole('img')).toHaveAccessibleName(/redis-1 has 0-5460; redis-2 has 5461-10922; redis-3 has/);
  await expect(panel.getByRole('region', { name: 'Slots by node' }).getByRole('row').nth(2)).toContainText('5,462');
  await expect(panel.getByText('6 nodes say so.')).toBeVisible();

  const third = /^([0-9a-f]{40}) 10\.0\.0\.3:6379/m;
  // xterm draws only what is in view, and a panel looks only while it is.
  await terminal.root.scrollIntoViewIfNeeded();
  await terminal.type('CLUSTER NODES');
  await terminal.shows(third);
  const [, id = ''] = third.exec(await terminal.text()) ?? [];
  // In one piece: sixty keys, each of them drawn, would take longer than all the rest.
  await terminal.input.focus();
  await page.keyboard.insertText(`CLUSTER SETSLOT 16383 IMPORTING ${id}`);
  await page.keyboard.press('Enter');
  await panel.scrollIntoViewIfNeeded();
  await expect(panel.getByText('Slot 16383 is importing on redis-1, from redis-3,')).toBeVisible();

  const keys = panel.getByLabel('Keys, one per line');
  await keys.fill('foo\n{user}:1\n{user}:2');
  const row = panel.getByRole('row', { name: 'foo' });
  await expect(row.getByRole('cell')).toHaveText(['0xaf96', '12182', 'redis-3', 'all of it']);
  await expect(panel.getByRole('status').last()).toContainText('CROSSSLOT');
  await keys.fill('{user}:1\n{user}:2');
  await expect(panel.locator('mark').first()).toHaveText('user');
  await expect(panel.getByRole('status').last()).toContainText(
    /^All in slot \d+ of redis-\d: one command may name them together/,
  );
  await keys.fill('');
  await expect(panel.getByRole('status').last()).toContainText('Type a key');
  expect(await axeFinds(page, 'lab-panel[panel=slots]')).toEqual([]);
});

test('without a cluster the way of a key is shown all the same, to the letter', async ({ page }) => {
  await openLab(page, 'single');
  const panel = await openPanel(page, 'Slots');
  await expect(panel.getByRole('status').first()).toContainText('No node of this page’s machine is in a cluster');
  await panel.getByLabel('Keys, one per line').fill('<b>{x}</b>');
  await expect(panel.getByRole('row', { name: '<b>{x}</b>' })).toContainText('no cluster here');
  await expect(panel.getByRole('img')).toBeHidden();
});
