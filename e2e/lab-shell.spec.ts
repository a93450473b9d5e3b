import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './test.ts';

test.beforeEach(async ({ page, terminal }) => {
  await page.goto('playground/');
  await terminal.ready();
  await terminal.newShell();
  await terminal.shows(/^\$$/m);
});

test('a shell runs programs side by side', async ({ terminal }) => {
  await terminal.type('redis-cli SUBSCRIBE a | head -6 &');
  await terminal.shows(/\[1\] \d+\n[^]*subscribe\na\n1/);
  await terminal.type('for i in 1 2; do redis-cli PUBLISH a $i; done | tail -1');
  await terminal.shows(/message\na\n1/);
  await terminal.shows(/\n[01]\n[^]*\$$/);
});

test('Ctrl-C ends a loop, and redis-cli gets the keys while it runs', async ({ page, terminal }) => {
  await terminal.type('while sleep 0.2; do echo tick; done');
  await terminal.shows('tick\ntick');
  await page.keyboard.press('Control+c');
  await terminal.shows(/\^C\n\$$/);
  await terminal.type('redis-cli', 'ECHO in', 'quit', 'echo $?');
  await terminal.shows(/"in"\n[^]*\$ echo \$\?\n0\n\$$/);
});

test('Tab completes, Ctrl-R finds, and an endless loop leaves the page alive', async ({ page, terminal }) => {
  await terminal.type('echo first', 'echo second');
  await terminal.shows('\nsecond\n$');
  await page.keyboard.press('Control+r');
  await page.keyboard.type('fir');
  await terminal.shows("(reverse-i-search)`fir': echo first");
  await page.keyboard.press('Enter');
  await terminal.shows(/echo first\nfirst\n\$$/);
  await page.keyboard.type('redis-be');
  await page.keyboard.press('Tab');
  await terminal.shows('$ redis-benchmark');
  await page.keyboard.press('Control+c');
  await terminal.type('while true; do :; done');
  await page.keyboard.press('Control+c');
  await terminal.shows(/done\n\^C\n\$$/);
});

test('a file is edited in the page, by keyboard alone', async ({ page, terminal }) => {
  await terminal.type('edit small.conf');
  const dialog = page.getByRole('dialog', { name: 'small.conf' });
  await expect(dialog.getByRole('textbox', { name: 'small.conf' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations).toEqual([]);
  await page.keyboard.type('port 6390\nmaxmemory 1mb\n');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await terminal.type('tail -n 2 small.conf');
  await terminal.shows('\nport 6390\nmaxmemory 1mb\n$');
  await terminal.type('edit small.conf');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await terminal.type('echo "cancelled: $?"');
  await terminal.shows('cancelled: 1');
});
