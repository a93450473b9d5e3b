import { axeFinds, openLab, openPanel } from './lab-panel.ts';
import { expect, test } from './test.ts';

test('a node’s commands are shown as they come, without those of panels, filtered and paused', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'single');
  const load = await openPanel(page, 'Load');
  await expect(load.getByRole('img', { name: /^Clients: from 2 to [2-9], last \d$/ })).toBeVisible();
  await load.getByRole('tab', { name: 'MONITOR' }).click();
  await expect(load.getByText(/^\d+ commands seen, \d+ shown\.$/)).toBeVisible();
  await terminal.type('SET bike:1 Deimos', 'GET bike:1', 'PING');
  const lines = load.getByRole('region', { name: 'Commands of this node' });
  // A panel that is not in view does nothing.
  await lines.scrollIntoViewIfNeeded();
  await expect(lines).toContainText(/"set" "bike:1" "Deimos".*"get" "bike:1".*"ping"/is);
  await expect(lines).not.toContainText('INFO');
  await load.getByLabel('Also commands of this page’s panels').check();
  await expect(lines).toContainText('INFO');
  await load.getByLabel('Filter').fill('BIKE');
  await expect(lines.getByRole('listitem')).toHaveCount(2);
  await load.getByRole('button', { name: 'Pause' }).click();
  await terminal.type('DEL bike:1');
  await terminal.shows(/DEL bike:1\n\(integer\) 1/);
  await lines.scrollIntoViewIfNeeded();
  await expect(load.getByText(/Paused\.$/)).toBeVisible();
  await expect(lines.getByRole('listitem')).toHaveCount(2);
  await load.getByRole('button', { name: 'Resume' }).click();
  await expect(lines.getByRole('listitem')).toHaveCount(3);
});

test('what changed in INFO, what was slow, and a client that is closed; a node that ended is said', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'single');
  const load = await openPanel(page, 'Load');
  await load.getByRole('tab', { name: 'INFO' }).click();
  await load.getByRole('button', { name: 'Compare from now' }).click();
  await load.getByLabel('Field').fill('keyspace_misses');
  await terminal.type('GET nothing');
  await load.getByLabel('Field').scrollIntoViewIfNeeded();
  await expect(load.getByRole('row', { name: 'keyspace_misses 1 was 0' })).toBeVisible();
  await load.getByRole('tab', { name: 'SLOWLOG' }).click();
  const threshold = load.getByLabel('Slow from, in microseconds (-1 never)');
  await expect(threshold).toHaveValue('10000');
  await threshold.fill('99999999999999999999');
  await threshold.press('Enter');
  await expect(load.getByText(/^redis-1 answers: ERR CONFIG SET failed/)).toBeVisible();
  await threshold.fill('0');
  await threshold.press('Enter');
  await terminal.type('LLEN queue');
  await threshold.scrollIntoViewIfNeeded();
  await expect(load.getByRole('cell', { name: 'llen queue' })).toBeVisible();
  await load.getByRole('tab', { name: 'CLIENT LIST' }).click();
  await load
    .getByRole('button', { name: /^Kill client \d+$/ })
    .last()
    .click();
  await load.getByRole('button', { name: /^Kill\? Press again/ }).click();
  await expect(load.getByText(/^The connection of client \d+ was closed\.$/)).toBeVisible();
  await terminal.type('PING', 'SHUTDOWN NOSAVE');
  await load.getByRole('tab', { name: 'CLIENT LIST' }).scrollIntoViewIfNeeded();
  await expect(load.getByText('redis-1 does not answer.')).toBeVisible();
});

test('load by keyboard', async ({ page }) => {
  await openLab(page, 'replication');
  await page.getByRole('button', { name: 'Open Load' }).focus();
  await page.keyboard.press('Enter');
  const load = page.locator('lab-panel[panel=load]');
  await load.getByRole('combobox', { name: 'Node' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(load.getByRole('combobox', { name: 'Node' })).toHaveValue('redis-2');
  await page.keyboard.press('Tab');
  await expect(load.getByRole('tab', { name: 'Charts' })).toBeFocused();
  for (const name of ['MONITOR', 'INFO', 'SLOWLOG', 'LATENCY', 'CLIENT LIST', 'Charts']) {
    await page.keyboard.press('ArrowRight');
    await expect(load.getByRole('tab', { name, selected: true })).toBeFocused();
  }
  await page.keyboard.press('End');
  await expect(load.getByRole('tab', { name: 'CLIENT LIST', selected: true })).toBeFocused();
  await page.getByRole('button', { name: 'Close Load' }).focus();
  await page.keyboard.press('Space');
  await expect(load.getByRole('tab')).toHaveCount(0);
});

for (const tabs of [
  ['Charts', 'MONITOR', 'INFO'],
  ['SLOWLOG', 'LATENCY', 'CLIENT LIST'],
]) {
  test(`axe finds nothing on ${tabs.join(', ')}`, async ({ page }) => {
    await openLab(page, 'single');
    const load = await openPanel(page, 'Load');
    for (const name of tabs) {
      await load.getByRole('tab', { name }).click();
      await expect(load.getByRole('tabpanel', { name })).toBeVisible();
      expect(await axeFinds(page, 'lab-panel[panel=load]')).toEqual([]);
    }
  });
}

test('a benchmark is cancelled, and run to its chart and table; axe finds nothing', async ({ page }) => {
  await openLab(page, 'benchmark');
  const panel = page.locator('lab-panel[panel=benchmark]');
  await panel.evaluate((element) => element.setAttribute('data-plan', '{"pipeline":[1,16],"seconds":0.1}'));
  await openPanel(page, 'Benchmark');
  await panel.getByRole('button', { name: 'Run' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('status')).toHaveText('Cancelled. The clock and all settings are as before.');
  await panel.getByRole('button', { name: 'Run' }).click();
  await expect(panel.getByRole('status')).toHaveText(/^Done\. The most requests per second: pipeline \d+\./);
  await expect(panel.getByRole('img', { name: /^Requests per second: pipeline 1 [\d,]+; pipeline 16 / })).toBeVisible();
  await expect(panel.getByRole('row')).toHaveCount(3);
  expect(await axeFinds(page, 'lab-panel[panel=benchmark]')).toEqual([]);
});
