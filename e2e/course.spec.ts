import { expect, test, untilOffline } from './test.ts';

const TITLE = 'Core data structures';

test('Strings from start to end: run, fail, hint, pass, done; export, wipe, import; another path; all of it offline', async ({
  page,
  context,
  terminal,
}, info) => {
  // A whole evening of a learner in one test.
  test.setTimeout(90_000);
  const done = (group: string) =>
    page
      .locator('#starlight__sidebar li:visible', { has: page.locator('summary', { hasText: group }) })
      .locator('.rm-count > span')
      .first();

  await page.goto('lessons/strings/');
  const example = page.locator('figure[data-redis-transcript]').first();
  await example.getByRole('button', { name: 'Run' }).click();
  await expect(example).toContainText('every reply as printed');

  const exercise = page.getByRole('region', { name: 'Exercise The doors of a bike station' });
  const status = exercise.getByRole('status');
  await exercise.getByRole('button', { name: 'Begin with a fresh machine' }).click();
  await expect(status).toHaveText('Ready. Work in the terminal, then press Check.');
  await terminal.ready();
  await exercise.getByRole('button', { name: 'Check' }).click();
  await expect(status).toHaveText(/of 7 statements are true\.$/);
  await exercise.locator('details.hint summary').first().click();
  await expect(exercise.locator('details.hint').first()).toContainText('SETRANGE key position text');
  await terminal.type(
    'SET doors:harbour 1111111111',
    'SETRANGE doors:harbour 7 0',
    'APPEND doors:harbour 00',
    'SET note:harbour "wash the bikes" EX 600',
  );
  await terminal.shows(/\(integer\) 12\n.*\nOK/);
  await exercise.getByRole('button', { name: 'Check' }).click();
  await expect(status).toHaveText('Done: all 7 statements are true.');
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect(done(TITLE)).toHaveText(/^1\//);

  const file = info.outputPath('progress.json');
  await page.goto('progress/');
  await expect(page.locator('.summary')).toContainText('1 lesson done');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  await download.saveAs(file);
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.locator('.bp-said').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.locator('.summary')).toContainText('nothing yet');
  await expect(done(TITLE)).toHaveText(/^0\//);
  await page.locator('backup-panel input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Replace what is in this browser' }).click();
  await expect(page.locator('.summary')).toContainText('1 lesson done');

  await page.goto('paths/sixteen-steps/');
  await page.getByRole('button', { name: 'Follow this path' }).click();
  await expect(done('Step 2: Strings')).toHaveText(/^1\//);

  await untilOffline(page);
  await context.setOffline(true);
  await page.goto('lessons/strings/');
  // What is at the end of a lesson is made when one comes near.
  await page.locator('lesson-end').scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeVisible();
  await expect(done('Step 2: Strings')).toHaveText(/^1\//);
  await example.getByRole('button', { name: 'Run' }).click();
  await expect(example).toContainText('every reply as printed');
});
