import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test, untilOffline } from './test.ts';

const DAY_MS = 86_400_000;
/** A Tuesday, at noon. */
const TODAY = new Date(2026, 5, 9, 12);

const standing = (page: Page) => page.locator('[data-review=standing]');
const said = (page: Page) => page.locator('[data-review=said]');

/** A lesson is done today, and its cards are due tomorrow, which is when this ends. Resolves with how many there are. */
async function finishAndWait(page: Page, lesson: string): Promise<number> {
  await page.clock.setFixedTime(TODAY);
  await page.goto(`lessons/${lesson}/`);
  const cards = await page.locator('[data-question]').count();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeVisible();
  await page.goto('review/');
  await expect(said(page)).toContainText(
    `You have ${String(cards)} cards; the next one is due on Wednesday 10 June 2026.`,
  );
  await page.clock.setFixedTime(TODAY.getTime() + DAY_MS);
  return cards;
}

async function judge(page: Page, button: 'I knew it' | 'Not yet'): Promise<void> {
  const before = await standing(page).textContent();
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await page.getByRole('button', { name: button }).click();
  await expect(standing(page)).not.toHaveText(before ?? '');
}

test('before anything is learnt the page says where cards come from', async ({ page }) => {
  await page.goto('review/');
  await expect(said(page)).toContainText('Nothing is due for review now.');
  await expect(said(page)).toContainText('There are no cards yet.');
});

test('a sitting by the keyboard alone: what is not known comes again, and the next day is told at the end', async ({
  page,
}) => {
  const cards = await finishAndWait(page, 'strings');
  await page.goto('');
  await page.getByRole('link', { name: `${String(cards)} cards to review.` }).click();
  await expect(standing(page)).toHaveText(`Card 1 of ${String(cards)}, from Strings`);
  const first = await page.locator('[data-review=front]').textContent();

  await page.getByRole('button', { name: 'Show the answer' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-review=back]')).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.locator('[data-review=front]')).not.toHaveText(first ?? '');
  for (let card = 1; card < cards; card++) {
    await expect(standing(page)).toHaveText(`Card ${String(card)} of ${String(cards)}, from Strings`);
    await expect(page.locator('[data-review=front]')).toBeFocused();
    await page.keyboard.press('Space');
    await expect(page.locator('[data-review=back]')).toBeFocused();
    await page.keyboard.press('2');
  }
  await expect(standing(page)).toHaveText(`Card ${String(cards)} of ${String(cards)}, from Strings, once more`);
  await expect(page.locator('[data-review=front]')).toHaveText(first ?? '');
  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  await expect(said(page)).toBeFocused();
  await expect(said(page)).toContainText(
    `${String(cards)} cards reviewed, ${String(cards - 1)} known at once, 1 after`,
  );
  await expect(said(page)).toContainText('the next one is due on Thursday 11 June 2026.');

  // Known twice: three days after the second time.
  await page.clock.setFixedTime(TODAY.getTime() + 2 * DAY_MS);
  await page.reload();
  for (let card = 1; card < cards; card++) await judge(page, 'I knew it');
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await page.getByRole('button', { name: 'I knew it' }).click();
  await expect(said(page)).toContainText('the next one is due on Sunday 14 June 2026.');
});

test('a card judged in one tab leaves the queue of the other, and a judgement is kept when the page is left', async ({
  page,
  context,
}) => {
  const cards = await finishAndWait(page, 'strings');
  const other = await context.newPage();
  await other.clock.setFixedTime(TODAY.getTime() + DAY_MS);
  for (const tab of [page, other]) {
    await tab.goto('review/');
    await expect(standing(tab)).toHaveText(`Card 1 of ${String(cards)}, from Strings`);
  }
  await judge(other, 'I knew it');
  await expect(standing(page)).toHaveText(`Card 1 of ${String(cards - 1)}, from Strings`);
  await page.reload();
  await expect(standing(page)).toHaveText(`Card 1 of ${String(cards - 1)}, from Strings`);
  await page.goto('progress/');
  await expect(page.locator('progress-view .due')).toContainText(`Strings: ${String(cards - 1)} cards`);
});

test('without a network the cards are there, each with the way to its lesson', async ({ page, context }) => {
  const cards = await finishAndWait(page, 'strings');
  await untilOffline(page);
  await context.setOffline(true);
  await page.goto('review/');
  await expect(standing(page)).toHaveText(`Card 1 of ${String(cards)}, from Strings`);
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await page.locator('[data-review=back]').getByRole('link', { name: 'Strings' }).click();
  await expect(page).toHaveURL(/lessons\/strings\/#question-/);
  await expect(page.locator(new URL(page.url()).hash)).toBeInViewport();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a card that is turned, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await finishAndWait(page, 'strings');
    await page.goto('review/');
    await page.getByRole('button', { name: 'Show the answer' }).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}
