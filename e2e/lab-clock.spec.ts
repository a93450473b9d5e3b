import { axeFinds, openLab, openPanel, says } from './lab-panel.ts';
import { expect, test } from './test.ts';

test.beforeEach(async ({ page, terminal }) => {
  await openLab(page, 'replication');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
});

test('time is paused while one types, goes on to the next event, and by seconds', async ({ page, terminal }) => {
  const clock = await openPanel(page, 'Clock and rewind');
  await clock.getByRole('button', { name: 'Pause' }).click();
  await says(clock, 'The clock is paused.');
  await expect(clock.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');
  const time = await clock.locator('.lc-time').textContent();
  await terminal.type('SET bike:1 Deimos EX 20', 'TTL bike:1');
  await terminal.shows('(integer) 20');
  await clock.getByRole('button', { name: 'To the next timer' }).click();
  await says(clock, /^Paused .* later, at the next timer\.$/);
  await clock.getByLabel('Seconds of the machine’s time').fill('15');
  await clock.getByRole('button', { name: 'Let them pass' }).click();
  await says(clock, '15 s have passed.');
  await terminal.type('TTL bike:1');
  await terminal.shows(/\(integer\) [45]\n/);
  await clock.getByRole('button', { name: 'Sleep through them' }).click();
  await says(clock, 'Slept through 15 s.');
  await terminal.type('GET bike:1');
  await terminal.shows('(nil)');
  expect(await clock.locator('.lc-time').textContent()).not.toBe(time);
  await clock.getByLabel('Seconds of the machine’s time').fill('3600');
  await clock.getByRole('button', { name: 'Let them pass' }).click();
  await clock.getByRole('button', { name: 'Stop' }).click();
  await says(clock, /^(\d+ min )?[\d.]+ s have passed\.$/);
  await clock.getByLabel('Seconds of the machine’s time').fill('many');
  await clock.getByRole('button', { name: 'Let them pass' }).click();
  await says(clock, 'Enter a number of seconds: more than 0, at most 3600.');
});

test('the machine goes back to a save with a name, its terminals too, and over to the other way', async ({
  page,
  terminal,
}) => {
  const clock = await openPanel(page, 'Clock and rewind');
  await terminal.type('SET way first');
  await terminal.shows('OK');
  await clock.getByLabel('Name of this save').fill('first way');
  await page.keyboard.press('Enter');
  await says(clock, /^Saved as “first way”/);
  const before = await terminal.text();
  await terminal.type('SET way second', 'ECHO later');
  await terminal.shows('"later"');
  await clock.getByRole('button', { name: /^Go there: .*first way$/ }).click();
  await says(clock, /\(first way\)\.$/);
  // xterm draws only what is in view.
  await terminal.root.scrollIntoViewIfNeeded();
  await expect.poll(() => terminal.text()).toBe(before);
  await terminal.type('GET way');
  await terminal.shows(/GET way\n"first"\n10\.0\.0\.1:6379>$/);
  await clock.getByRole('button', { name: 'Try it the other way' }).click();
  await terminal.root.scrollIntoViewIfNeeded();
  await terminal.shows(/"later"\n10\.0\.0\.1:6379>$/);
  await terminal.type('GET way');
  await terminal.shows(/GET way\n"second"/);
  await clock.getByRole('button', { name: /^Drop: .*first way/ }).click();
  await expect(clock.getByRole('cell', { name: /first way/ })).toHaveCount(0);
});

test('everything works by keyboard, and axe finds nothing', async ({ page }) => {
  await page.getByRole('button', { name: 'Open Clock and rewind' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Drop: ' }).first()).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await says(page.locator('lab-panel[panel=clock]'), 'The clock is paused.');
  expect(await axeFinds(page, 'lab-panel[panel=clock]')).toEqual([]);
});

test('a lab begins anew without a boot, and its terminals with it', async ({ page, terminal }) => {
  const [engine] = page.workers();
  await terminal.type('SET way first');
  await terminal.shows('OK');
  await page.getByRole('button', { name: 'Start over' }).click();
  await terminal.shows(/^10\.0\.0\.1:6379>$/);
  // Each after the reply to the one before: keys that come while redis-cli waits are shown before it.
  await terminal.type('EXISTS way');
  await terminal.shows(/EXISTS way\n\(integer\) 0\n10\.0\.0\.1:6379>$/);
  await terminal.type('SET way anew');
  await terminal.shows(/SET way anew\nOK\n10\.0\.0\.1:6379>$/);
  await terminal.type('WAIT 2 5000');
  await terminal.shows(/WAIT 2 5000\n\(integer\) 2/);
  expect(page.workers()).toEqual([engine]);
});

test('a lab whose server is stuck in a script begins anew as well', async ({ page, terminal }) => {
  await terminal.type('EVAL "while true do end" 0');
  await expect(terminal.root.getByText('A server is busy in a script')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await terminal.shows(/^10\.0\.0\.1:6379>$/);
  await terminal.type('PING');
  await terminal.shows('PONG');
});
