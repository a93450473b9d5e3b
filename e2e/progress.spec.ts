import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openDock } from './terminal.ts';
import { expect, test, untilOffline } from './test.ts';

const boxes = (page: Page) => page.locator('input[data-lesson-check=self-check]');

/** What the sidebar counts for the part or group of this name. */
const count = (page: Page, group: string) =>
  page
    .locator('#starlight__sidebar li:visible', { has: page.locator('summary', { hasText: group }) })
    .locator('.rm-count > span')
    .first();

async function tickAll(page: Page): Promise<void> {
  for (const box of await boxes(page).all()) await box.check();
}

async function finishStrings(page: Page): Promise<void> {
  await page.goto('lessons/strings/');
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect(count(page, 'Core data structures')).toHaveText(/^1\//);
}

async function exportAll(page: Page, path: string): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  await download.saveAs(path);
}

async function importFile(page: Page, path: string): Promise<void> {
  await page.locator('backup-panel input[type=file]').setInputFiles(path);
}

test('a ticked box is there again after a reload, and with the last one the lesson is done', async ({ page }) => {
  await page.goto('lessons/strings/');
  await boxes(page).first().check();
  await expect(page.locator('.le-said')).toContainText('1 of');
  await page.reload();
  await boxes(page).first().scrollIntoViewIfNeeded();
  await expect(boxes(page).first()).toBeChecked();
  await expect(count(page, 'Core data structures')).toHaveText(/^0\//);
  await tickAll(page);
  await expect(page.getByRole('button', { name: 'Done', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(count(page, 'Core data structures')).toHaveText(/^1\//);
  await page.goto('');
  await expect(page.getByText('The course: 1/', { exact: false })).toBeVisible();
});

test('the lessons visited last are listed with their day', async ({ page }) => {
  await page.clock.setFixedTime(new Date(2026, 5, 9, 12));
  await page.goto('progress/');
  await expect(page.locator('.visits')).toBeHidden();
  await page.goto('lessons/strings/');
  await page.goto('lessons/redis-cli/');
  await page.goto('progress/');
  await expect(page.locator('.visits li').filter({ hasText: 'Strings' })).toContainText('9 June 2026');
  await expect(page.locator('.visits li').filter({ hasText: 'redis-cli' })).toContainText('9 June 2026');
});

test('progress is exported, wiped, imported, and goes on in another path', async ({ page }, info) => {
  const file = info.outputPath('progress.json');
  await finishStrings(page);

  await page.goto('progress/');
  await exportAll(page, file);
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.locator('.bp-said').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.locator('.summary')).toContainText('nothing yet');
  await expect(count(page, 'Core data structures')).toHaveText(/^0\//);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.summary')).toContainText('1 lesson done');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.locator('.bp-said').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.locator('.summary')).toContainText('nothing yet');

  await importFile(page, file);
  await page.getByRole('button', { name: 'Replace what is in this browser' }).click();
  await expect(page.locator('.summary')).toContainText('1 lesson done');
  await expect(count(page, 'Core data structures')).toHaveText(/^1\//);

  await page.goto('paths/sixteen-steps/');
  await expect(page.locator('.rm-standing')).toContainText('1/52 complete');
  await page.getByRole('button', { name: 'Follow this path' }).click();
  await expect(count(page, 'Step 2: Strings')).toHaveText(/^1\//);
  await page.reload();
  await expect(page.getByRole('button', { name: 'You are following this path' })).toBeVisible();
  await expect(count(page, 'Step 2: Strings')).toHaveText(/^1\//);
});

test('a file that is corrupt or newer is refused with a message, and nothing changes', async ({ page }, info) => {
  const file = info.outputPath('progress.json');
  await finishStrings(page);
  await page.goto('progress/');
  await exportAll(page, file);
  const text = await readFile(file, 'utf8');
  for (const [source, message] of [
    [text.slice(0, -20), 'The file is damaged'],
    [text.replace(/"version": \d+/, '"version": 99'), 'newer version of the course'],
    ['{}', 'not a progress file'],
    [text.replace('true', '"perhaps"'), 'The file is damaged at “lesson/strings”'],
  ] as const) {
    await writeFile(file, source);
    await importFile(page, file);
    await expect(page.locator('.bp-said')).toContainText(message);
    await expect(page.locator('.bp-said')).toContainText('Nothing was changed.');
  }
  await page.reload();
  await expect(page.locator('.summary')).toContainText('1 lesson done');
});

test('two tabs keep what each of them ticks, and show what the other has done', async ({ page, context }) => {
  await page.goto('lessons/strings/');
  const other = await context.newPage();
  await other.goto('lessons/strings/');
  for (const tab of [page, other]) await boxes(tab).first().scrollIntoViewIfNeeded();
  await Promise.all([boxes(page).nth(0).check(), boxes(other).nth(1).check()]);
  for (const tab of [page, other]) {
    await expect(boxes(tab).nth(0)).toBeChecked();
    await expect(boxes(tab).nth(1)).toBeChecked();
  }
  await other.getByRole('button', { name: 'Mark as done' }).click();
  await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeVisible();
  await expect(count(page, 'Core data structures')).toHaveText(/^1\//);
});

test('an entry is written in a lesson, with the terminal attached', async ({ page }) => {
  await page.goto('lessons/strings/');
  const terminal = await openDock(page);
  await terminal.type('SET door:7 open');
  await terminal.shows('OK');
  await page.keyboard.press('Control+Backquote');
  await page.locator('lesson-end').scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Write in your learning log' }).click();
  await page.getByLabel('Why', { exact: true }).fill('a door is a key');
  await page.getByRole('button', { name: 'Attach the terminal' }).click();
  await expect(page.locator('.rm-entry pre')).toContainText('SET door:7 open');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'in your log' }).click();
  await expect(page.locator('.rm-logged')).toContainText('a door is a key');
  await expect(page.locator('.rm-logged')).toContainText('SET door:7 open');
});

test('an entry is changed, found, deleted, restored and exported', async ({ page }, info) => {
  await page.goto('log/');
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByLabel('Question').fill('What opens a door?');
  await page.getByRole('button', { name: 'Save' }).click();
  const entries = page.locator('.rm-logged');
  await entries.getByRole('button', { name: /^Edit/ }).click();
  await page.getByLabel('What happened').fill('it opened');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(entries).toContainText('it opened');
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('closed');
  await expect(entries).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('DOOR opened');
  await expect(entries).toHaveCount(1);
  await entries.getByRole('button', { name: /^Delete/ }).click();
  await expect(entries).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entries).toHaveCount(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as Markdown' }).click(),
  ]);
  const file = info.outputPath('log.md');
  await download.saveAs(file);
  expect(await readFile(file, 'utf8')).toContain('**What happened**\n\nit opened');
});

test('three questions lead to a path, and the lessons before and after follow it', async ({ page }) => {
  await page.goto('paths/');
  await page.getByLabel('An hour or two a day').check();
  await page.getByLabel('I use Redis and want').check();
  await page.getByLabel('What a Spring Boot').check();
  await page.getByRole('button', { name: 'Follow this path' }).click();
  await expect(page.locator('.rm-path')).toContainText('42 lessons');
  await page.goto('lessons/redis-cli/');
  await expect(page.locator('#starlight__sidebar [aria-current=page]:visible')).toHaveText(/redis-cli/);
  const order = await page
    .locator('#starlight__sidebar .rm-route a[data-lesson]')
    .evaluateAll((links) => links.map((link) => (link instanceof HTMLAnchorElement ? link.pathname : '')));
  const after = order[order.findIndex((path) => path.endsWith('/redis-cli/')) + 1];
  await expect(page.locator('.rm-pages [rel=next]')).toHaveAttribute('href', after ?? '');
});

test('nothing shifts while a lesson arrives slowly, its sidebar following a path', async ({ page, context }) => {
  await page.goto('paths/seven-days/');
  await page.getByRole('button', { name: 'Follow this path' }).click();
  await expect(page.locator('.rm-path')).toContainText('7 days');
  // So slow that the browser paints what has come before the rest is there.
  const browser = await context.newCDPSession(page);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await browser.send('Network.enable');
  const slow = { offline: false, latency: 40, downloadThroughput: 60_000, uploadThroughput: 60_000 };
  await browser.send('Network.emulateNetworkConditions', slow);
  await page.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(entry);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('lessons/strings/');
  await expect(page.locator('#starlight__sidebar [aria-current=page]:visible')).toHaveText(/Strings/);
  const shifted = await page.evaluate(() => (window as unknown as { shifts: { value: number }[] }).shifts);
  expect(shifted.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.01);
});

test('without a network progress is shown and kept, and the log can be written', async ({ page, context }) => {
  await page.goto('notices/');
  await untilOffline(page);
  await context.setOffline(true);
  await finishStrings(page);
  await page.goto('log/');
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByLabel('Question').fill('Does it work offline?');
  await page.getByRole('button', { name: 'Save' }).click();
  // The entry is shown once it is kept.
  await expect(page.locator('.rm-logged')).toContainText('Does it work offline?');
  await page.goto('progress/');
  await expect(page.locator('.summary')).toContainText('1 lesson done, 1 log entry');
});

test('without JavaScript paths, progress and log are pages that can be read', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL ?? ''}paths/four-weeks/`);
  await expect(page.getByRole('heading', { name: 'Week 2' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Follow this path' }).first()).toBeHidden();
  await page.goto(`${baseURL ?? ''}paths/`);
  await expect(page.getByRole('link', { name: 'Masterclass' })).toBeVisible();
  await page.goto(`${baseURL ?? ''}progress/`);
  await expect(page.getByText('Core data structures').last()).toBeVisible();
  await page.goto(`${baseURL ?? ''}log/`);
  await expect(page.getByText('needs JavaScript')).toBeVisible();
  await context.close();
});
