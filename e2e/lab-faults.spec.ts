import type { Locator } from '@playwright/test';
import { axeFinds, openLab, openPanel, says } from './lab-panel.ts';
import { expect, test } from './test.ts';

test('what is done by a button is in force, is a line, and can be taken back and undone', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'replication');
  const faults = await openPanel(page, 'Faults');
  const inForce = faults.getByRole('list', { name: 'In force and scheduled' });
  await expect(inForce).toHaveText('Nothing. All is well.');
  await faults.getByLabel('Node', { exact: true }).selectOption('redis-2');
  await faults.getByRole('button', { name: 'Kill', exact: true }).click();
  await says(faults, 'Done: kill redis-2.');
  await expect(inForce).toContainText('redis-2 is not running');
  await faults.getByLabel('From', { exact: true }).selectOption('redis-1');
  await faults.getByLabel('To', { exact: true }).selectOption('redis-3');
  await faults.getByRole('button', { name: 'Cut' }).click();
  await expect(inForce).toContainText('redis-1 ↔ redis-3: cut');
  await faults.getByRole('button', { name: 'Take back: redis-1 ↔ redis-3: cut' }).click();
  await says(faults, 'Done: heal redis-1 redis-3.');
  await expect(inForce).not.toContainText('cut');
  await expect(faults.getByLabel('What was done, as lines')).toHaveText(
    'fault kill redis-2\nfault cut redis-1 redis-3\nfault heal redis-1 redis-3\n',
  );
  await faults.getByRole('button', { name: 'Undo the last' }).click();
  await expect(inForce).toContainText('redis-1 ↔ redis-3: cut');
  await faults.getByRole('button', { name: 'Make all well' }).click();
  await expect(inForce).toHaveText('Nothing. All is well.');
  await terminal.type('WAIT 2 5000');
  await terminal.shows('(integer) 2');
});

test('a line is read as the shell reads it, later if it says so; what is none is refused in words', async ({
  page,
}) => {
  await openLab(page, 'replication');
  const faults = await openPanel(page, 'Faults');
  await faults.getByLabel('A fault as a line').fill('fault kill redis-9');
  await page.keyboard.press('Enter');
  await says(faults, /^expected the name of a node \(redis-1, redis-2, redis-3\), found `redis-9`/);
  await faults.getByLabel('A fault as a line').fill('# fault: stop redis-3 after 60s');
  await page.keyboard.press('Enter');
  await says(faults, 'Will happen in 1 min 0 s: stop redis-3 after 60s.');
  await expect(faults.getByRole('list', { name: 'In force and scheduled' })).toContainText(
    /in (1 min 0|59\.\d|59) s: stop redis-3/,
  );
  await faults.getByRole('button', { name: /^Take back: in .*: stop redis-3$/ }).click();
  await says(faults, 'Done: cancel stop redis-3.');
  await expect(faults.getByRole('list', { name: 'In force and scheduled' })).toHaveText('Nothing. All is well.');
  await faults.getByRole('button', { name: 'Split these from the others' }).click();
  await says(faults, 'Choose some of the nodes, but not all: they form one side, the others form the other.');
  expect(await axeFinds(page, 'lab-panel[panel=faults]')).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('nothing stands out of the panel', async ({ page }) => {
    await openLab(page, 'sentinel');
    const faults = await openPanel(page, 'Faults');
    const line = faults.getByLabel('A fault as a line');
    await expect(line).toBeVisible();
    const right = async (part: Locator): Promise<number> => {
      const box = await part.boundingBox();
      return box ? box.x + box.width : Infinity;
    };
    expect(await right(line)).toBeLessThanOrEqual(await right(faults.locator('.lp-body')));
  });
});
