import { Terminal } from './terminal.ts';
import { expect, test } from './test.ts';

test('the address names the machine, and each node has a terminal by its name', async ({ page, terminal }) => {
  await page.goto('lab/?machine=cluster');
  await expect(page.getByRole('status').getByText('6 processes ready.')).toBeVisible();
  await expect(terminal.root.getByRole('tab')).toHaveText([1, 2, 3, 4, 5, 6].map((number) => `redis-${number}`));
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.type('SET foo bar');
  await terminal.shows('(error) MOVED 12182 10.0.0.3:6379');
  await terminal.selectTab('redis-3');
  await terminal.shows(/^10\.0\.0\.3:6379>/m);
  await terminal.type('SET foo bar');
  await terminal.shows('OK');
});

test('another machine is chosen and started by the keyboard alone', async ({ page, terminal }) => {
  await page.goto('lab/');
  await expect(page.getByText('6 processes ready.')).toBeVisible();
  await page.getByRole('radio', { name: 'Sentinel' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'Replication' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 processes ready.')).toBeVisible();
  await expect(terminal.root.getByRole('tab')).toHaveText(['redis-1', 'redis-2', 'redis-3']);
  expect(new URL(page.url()).search).toBe('?machine=replication');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
});

test('a node that has ended is started again from its terminal, with its files', async ({ page, terminal }) => {
  await page.goto('lab/?machine=replication');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.selectTab('redis-2');
  await terminal.shows(/^10\.0\.0\.2:6379>/m);
  await terminal.type('SHUTDOWN NOSAVE');
  await expect(terminal.root.getByText('redis-2 has ended.')).toBeVisible();
  await terminal.selectTab('redis-1');
  await expect(terminal.root.getByText('redis-2 has ended.')).toBeHidden();
  await terminal.selectTab('redis-2');
  await terminal.root.getByRole('button', { name: 'Start it again' }).click();
  await expect(terminal.root.getByText('redis-2 has ended.')).toBeHidden();
  await terminal.type('ROLE');
  await terminal.shows('2) "10.0.0.1"');
});

test('a machine that there is not is said, and another stands in', async ({ page }) => {
  await page.goto('lab/?machine=%3Cb%3E');
  await expect(page.getByRole('status').getByText('There is no machine <b>. This is sentinel.')).toBeVisible();
});

test('Run plays the examples of a lab lesson, faults included, and its terminals are those of its nodes', async ({
  page,
}) => {
  await page.goto('lessons/replication/');
  const examples = page.locator('figure[data-redis-transcript]');
  const withFault = examples.filter({ hasText: '# fault:' }).first();
  // It plays those before it as well.
  await withFault.locator('.redis-run').click();
  await expect(withFault.locator('.redis-status')).toContainText('every reply as printed');
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  const terminal = new Terminal(page, page.locator('terminal-dock redis-terminal'));
  await terminal.selectTab('redis-2');
  await terminal.shows('10.0.0.2:6379>');
});
