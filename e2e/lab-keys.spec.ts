import type { Locator, Page } from '@playwright/test';
import { axeFinds, openLab, openPanel } from './lab-panel.ts';
import { expect, test } from './test.ts';
import type { Terminal } from './terminal.ts';

/** The panel on a single server that has been given these commands. */
async function openKeys(page: Page, terminal: Terminal, ...commands: string[]): Promise<Locator> {
  await openLab(page, 'single');
  await terminal.shows(/:6379>/);
  await terminal.type(...commands, 'ECHO given');
  await terminal.shows('"given"');
  const keys = await openPanel(page, 'Keys');
  await expect(keys.getByRole('tree')).toBeVisible();
  return keys;
}

const done = (keys: Locator): Locator => keys.getByRole('status', { name: 'What was done' });

test('a key is found, edited, renamed, deleted and brought back, each with the command that did it', async ({
  page,
  terminal,
}) => {
  const keys = await openKeys(page, terminal, 'SET bike:1 Deimos', 'SET bike:2 Ares', 'EXPIRE bike:1 1000');
  await keys.getByRole('treeitem', { name: 'bike: 2 keys' }).click();
  await keys.getByRole('treeitem', { name: '1 string' }).click();
  await expect(keys.getByText(/^16:[0-4]\d$/)).toBeVisible();
  const value = keys.getByRole('textbox', { name: 'Value', exact: true });
  await value.fill('two\nlines');
  await keys.getByRole('button', { name: 'Save' }).click();
  await expect(done(keys)).toHaveText('SET bike:1 "two\\nlines" KEEPTTLOK');
  await terminal.type('STRLEN bike:1');
  await terminal.shows('(integer) 9');

  await keys.getByText('Expire, rename').click();
  await keys.getByLabel('New name').fill('bike:2');
  await keys.getByRole('button', { name: 'Rename' }).click();
  await expect(done(keys)).toContainText('A key bike:2 already exists, so RENAMENX answered 0');

  await keys.getByRole('button', { name: 'Delete' }).click();
  await expect(done(keys)).toContainText('UNLINK bike:1');
  await expect(keys.getByRole('treeitem', { name: '1 string' })).toHaveCount(0);
  await keys.getByRole('button', { name: 'Undo' }).click();
  await expect(done(keys)).toContainText('RESTORE bike:1');
  await expect(value).toHaveValue('two\nlines');
});

test('what somebody else changes is shown, and is not overwritten by what was typed before', async ({
  page,
  terminal,
}) => {
  const keys = await openKeys(page, terminal, 'SET greeting hello');
  await keys.getByRole('treeitem', { name: 'greeting' }).click();
  const value = keys.getByRole('textbox', { name: 'Value', exact: true });
  await terminal.type('SET greeting "good day"');
  // A panel that is not on the screen does not ask.
  await keys.getByRole('tree').scrollIntoViewIfNeeded();
  await expect(value).toHaveValue('good day');
  await value.fill('mine');
  await terminal.type('SET greeting theirs');
  await keys.getByRole('tree').scrollIntoViewIfNeeded();
  await expect(keys.getByText('what you have typed is still here')).toBeVisible();
  await keys.getByRole('button', { name: 'Save' }).click();
  await expect(done(keys)).toContainText('the key has been changed since it was shown');
  await keys.getByRole('button', { name: 'Write it anyway' }).click();
  await expect(done(keys)).toContainText('OK');
  await terminal.type('GET greeting');
  await terminal.shows('"mine"');
  await value.fill('again');
  await terminal.type('DEL greeting');
  // Not to the tree, which goes with its last key.
  await value.scrollIntoViewIfNeeded();
  await expect(keys.getByText('The key is gone; what you have typed is still here.')).toBeVisible();
  await keys.getByRole('button', { name: 'Save' }).click();
  await expect(done(keys)).toContainText('Nothing was written: the key is gone');
  await keys.getByRole('button', { name: 'Load again' }).last().click();
  await expect(keys.getByText('Choose a key, or create one.')).toBeVisible();
});

test('bytes that are no text are shown as escapes and come back as they were; what means no bytes is refused', async ({
  page,
  terminal,
}) => {
  const keys = await openKeys(page, terminal, 'HSET "\\xff\\x00" "\\xfe" "a\\x80b" plain text');
  await keys.getByRole('treeitem', { name: '\\xff\\x00 hash' }).click();
  await keys.getByRole('button', { name: 'Edit field \\xfe' }).click();
  const line = keys.getByLabel('New value of field \\xfe');
  await line.fill('C:\\data');
  await line.press('Enter');
  await expect(done(keys)).toContainText('found \\d. For a backslash, type two.');
  await line.fill('\\x80\\xff');
  await line.press('Enter');
  await expect(done(keys)).toContainText('HSET "\\xff\\x00" "\\xfe" "\\x80\\xff"');
  await terminal.type('HGET "\\xff\\x00" "\\xfe"');
  await terminal.shows('"\\x80\\xff"');
});

test('the tree and a bitmap work by keyboard, and positions are a map', async ({ page, terminal }) => {
  const keys = await openKeys(page, terminal, 'SETBIT shop:open 9 1', 'GEOADD towns 7.44 46.94 Bern 8.54 47.37 Zurich');
  await expect(keys.getByRole('treeitem')).toHaveCount(2);
  await keys.getByRole('tree').focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await keys.getByLabel('Show as').selectOption('bitmap');
  await keys.getByRole('button', { name: 'Bit 0: 0' }).focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowUp', 'Space']) await page.keyboard.press(key);
  await expect(done(keys)).toContainText('SETBIT shop:open 1 1');
  await expect(keys.getByRole('button', { name: 'Bit 1: 1' })).toBeFocused();
  await keys.getByRole('treeitem', { name: 'towns' }).click();
  await expect(keys.getByRole('img', { name: 'Map of 2 positions' })).toBeVisible();
});

test('axe finds nothing on a key that is shown', async ({ page, terminal }) => {
  const keys = await openKeys(page, terminal, 'SETBIT flags 9 1', 'SET shop:1 open');
  await keys.getByRole('treeitem', { name: 'flags' }).click();
  await keys.getByText('Expire, rename').click();
  await keys.getByText('New key').click();
  expect(await axeFinds(page, 'lab-panel[panel=keys]')).toEqual([]);
  await keys.getByLabel('Show as').selectOption('bitmap');
  await expect(keys.getByRole('button', { name: 'Bit 9: 1' })).toBeVisible();
  // One row: all of them are alike, and axe takes its time.
  expect(await axeFinds(page, '.rk-bits [role=row]:first-child')).toEqual([]);
});

test('ten thousand keys are a few dozen elements', async ({ page, terminal }) => {
  const script = "for i=1,10000 do redis.call('SET','k:'..i,i) end";
  const keys = await openKeys(page, terminal, `EVAL "${script}" 0`);
  await keys.getByText('Folders, COUNT').click();
  await keys.getByLabel('COUNT of each SCAN').selectOption('10000');
  await keys.getByRole('button', { name: 'Scan' }).click();
  await expect(keys.getByText('Looked at all of 10,000, 10,000 found.')).toBeVisible();
  await keys.getByRole('treeitem', { name: 'k: 10,000 keys' }).click();
  await keys.getByRole('tree').focus();
  await page.keyboard.press('End');
  await expect(keys.getByRole('treeitem', { name: '10000 string' })).toBeVisible();
  expect(await keys.getByRole('treeitem').count()).toBeLessThan(60);
});
