import { readFile } from 'node:fs/promises';
import { axeFinds, openLab, openPanel } from './lab-panel.ts';
import { expect, test } from './test.ts';

test('a command is found, chosen by keys, and its bytes are read; the file is one', async ({ page, terminal }) => {
  await openLab(page, 'replication');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await page.getByRole('button', { name: 'Open Wire' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.locator('lab-panel[panel=wire]');
  await expect(panel.getByText('What passes from now on is shown.')).toBeVisible();
  // xterm draws only what is in view, and a panel looks only while it is.
  await terminal.root.scrollIntoViewIfNeeded();
  await terminal.type('SET bike:1 Deimos');
  await terminal.shows('OK');
  await panel.getByLabel('Containing').fill('bike:1');
  const rows = panel.getByRole('listbox').getByRole('option');
  // The client's, and what the primary passes on to each of its replicas.
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('client → redis-1');

  await panel.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  await expect(rows.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(panel.getByRole('region', { name: 'Bytes' })).toContainText('2a33 0d0a 2433 0d0a 5345 540d');
  expect(await axeFinds(page, 'lab-panel[panel=wire]')).toEqual([]);

  await panel.getByLabel('Where').selectOption({ label: 'redis-1 and redis-3' });
  await expect(rows).toHaveCount(1);
  await expect(panel.getByText('Choose a line')).toBeVisible();

  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download pcap' }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, 4).toString('hex')).toBe('d4c3b2a1');
  expect(bytes.includes('*3\r\n$3\r\nSET\r\n$6\r\nbike:1\r\n$6\r\nDeimos\r\n')).toBe(true);
});

test('paused, the list stands; cleared, it is empty; hostile text is text; after a reset it begins anew', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'single');
  await terminal.ready();
  const panel = await openPanel(page, 'Wire');
  await expect(panel.getByText('What passes from now on is shown.')).toBeVisible();
  const rows = panel.getByRole('listbox').getByRole('option');
  await panel.getByRole('button', { name: 'Pause' }).click();
  await terminal.root.scrollIntoViewIfNeeded();
  await terminal.type('ECHO <img/src=x>');
  await terminal.shows('"<img/src=x>"');
  await panel.scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(0);
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(rows.last()).toContainText('client');
  await expect(panel.getByRole('listbox')).toContainText('ECHO <img/src=x>');
  await panel.getByRole('button', { name: 'Clear' }).click();
  await expect(rows).toHaveCount(0);
  await expect(panel.getByText('Nothing has passed yet.')).toBeVisible();
  await panel.getByRole('button', { name: 'Download pcap' }).click();
  await expect(panel.getByText('so there is nothing to save')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(panel.getByText('What passes from now on is shown.')).toBeVisible();
  await terminal.root.scrollIntoViewIfNeeded();
  await terminal.ready();
  await terminal.type('PING');
  await panel.scrollIntoViewIfNeeded();
  await expect(panel.getByRole('option', { name: 'PING' })).toBeVisible();
});
