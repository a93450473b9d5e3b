import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** What the page has announced as `lesson-check`, in short. */
async function announced(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { announced: string[] }).announced);
}

/** Opens the lesson and keeps what it announces. */
async function openStrings(page: Page): Promise<void> {
  await page.goto('lessons/strings/');
  await page.evaluate(() => {
    const list: string[] = [];
    Object.assign(window, { announced: list });
    document.addEventListener('lesson-check', (event) => {
      const { kind, id, passed } = (event as CustomEvent<{ kind: string; id: string; passed: boolean }>).detail;
      list.push(`${kind} ${id} ${passed ? 'passed' : 'not passed'}`);
    });
  });
}

test('a learner fails an exercise, reads a hint, passes, and begins anew', async ({ page, terminal }) => {
  await openStrings(page);
  const exercise = page.getByRole('region', { name: 'Exercise The doors of a bike station' });
  const status = exercise.getByRole('status');
  const check = exercise.getByRole('button', { name: 'Check' });
  await check.click();
  await expect(status).toHaveText('This exercise has data of its own: press Begin first.');

  await exercise.getByRole('button', { name: 'Begin with a fresh machine' }).click();
  await expect(status).toHaveText('Ready. Work in the terminal, then press Check.');
  await terminal.ready();
  await terminal.type('SET doors:harbour 111111101100');
  await terminal.shows('OK');
  await check.click();
  await expect(status).toHaveText('5 of 7 statements are true.');
  await expect(exercise.locator('.unmet')).toHaveText([
    /^✗doors:harbour is stored as rawIt is stored as \w+\. A string that is changed in place becomes raw/,
    /^✗note:harbour expires in 0 to 600 sThere is no key note:harbour\. The note needs a time limit/,
  ]);

  const hints = exercise.locator('details.hint');
  await expect(hints.nth(1)).toBeHidden();
  await hints.nth(0).locator('summary').click();
  await expect(hints.nth(0)).toContainText('SETRANGE key position text');
  await expect(hints.nth(1)).toBeVisible();
  await expect(hints.nth(2)).toBeHidden();

  await terminal.type(
    'SET doors:harbour 1111111111',
    'SETRANGE doors:harbour 7 0',
    'APPEND doors:harbour 00',
    'SET note:harbour "wash the bikes" EX 600',
  );
  await terminal.shows(/\(integer\) 12\n.*\nOK/);
  await check.click();
  await expect(status).toHaveText('Done: all 7 statements are true.');
  expect(await announced(page)).toEqual(['exercise station-doors not passed', 'exercise station-doors passed']);

  await exercise.getByRole('button', { name: 'Begin again' }).click();
  await expect(status).toHaveText('Ready. Work in the terminal, then press Check.');
  await check.click();
  await expect(status).toHaveText('2 of 7 statements are true.');
});

/** A question of the page and what it says of the last answer. */
function questionOf(page: Page, id: string): { question: Locator; status: Locator } {
  const question = page.locator(`[data-question][data-id="${id}"]`);
  return { question, status: question.locator('[data-question-status]') };
}

test('a question is answered by choosing; a wrong choice says why', async ({ page }) => {
  await openStrings(page);
  const { question, status } = questionOf(page, 'why-44');
  await question.getByRole('radio', { name: /compressed/ }).check();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(status).toHaveText('Not that one.');
  await expect(question).toContainText('Strings are never compressed in memory.');
  await question.getByRole('radio', { name: /Object, header/ }).check();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(status).toHaveText('Right.');
  await expect(question.locator('details')).toHaveAttribute('open');
});

test('what a command prints is predicted, and then shown by the server', async ({ page }) => {
  await openStrings(page);
  const { question, status } = questionOf(page, 'append-to-int');
  await question.getByRole('textbox', { name: 'It prints' }).fill('embstr');
  await page.keyboard.press('Enter');
  await expect(status).toHaveText('The server prints something else.');
  await expect(question.locator('.printed pre')).toHaveText('"raw"');
  await question.getByRole('textbox').fill('raw');
  await question.getByRole('button', { name: 'Run it' }).click();
  await expect(status).toHaveText('Right.');
});

test('lines are put in order by the keyboard, and the focus stays with the line', async ({ page }) => {
  await openStrings(page);
  const { question, status } = questionOf(page, 'lost-update');
  const lines = question.locator('[data-place]');
  await question.getByRole('button', { name: 'Is this the order?' }).click();
  await expect(status).toHaveText(/^Not yet/);
  for (let place = 0; place < (await lines.count()); place++) {
    const found = await lines.evaluateAll((all) => all.map((line) => Number(line.getAttribute('data-place'))));
    const up = question.locator(`[data-place="${place}"]`).getByRole('button', { name: /^Move up/ });
    await up.focus();
    for (let at = found.indexOf(place); at > place; at--) {
      await page.keyboard.press('Enter');
      // What a key has done is waited for: one press too many would move the line past its place.
      await expect(lines.nth(at - 1)).toHaveAttribute('data-place', String(place));
      await expect(up).toBeFocused();
    }
  }
  await question.getByRole('button', { name: 'Is this the order?' }).press('Enter');
  await expect(status).toHaveText('Right.');
});

test('a card is turned and judged by its reader', async ({ page }) => {
  await openStrings(page);
  const { question } = questionOf(page, 'card-set-clears-ttl');
  await question.locator('summary').click();
  await question.getByRole('button', { name: 'I knew it' }).click();
  await expect.poll(async () => (await announced(page)).at(-1)).toBe('card card-set-clears-ttl passed');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('task, hints, solution, questions and answers can be read, and no button does nothing', async ({ page }) => {
    await page.goto('lessons/strings/');
    const exercise = page.getByRole('region', { name: 'Exercise The doors of a bike station' });
    await expect(exercise.getByRole('button', { name: 'Check' })).toBeHidden();
    await exercise.getByText('A worked solution').click();
    await expect(exercise.locator('.solution pre')).toContainText('SETRANGE doors:harbour 7 0');
    const prints = page.locator('[data-question][data-id="append-to-int"]');
    await expect(prints.getByRole('button', { name: 'Run it' })).toBeHidden();
    await prints.getByText('What it prints').click();
    await expect(prints.locator('.printed pre')).toHaveText('"raw"');
  });
});
