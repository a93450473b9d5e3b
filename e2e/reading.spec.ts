import { globSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** The three longest lessons, whichever they are. */
const LONGEST = globSync('content/docs/lessons/*.mdx')
  .sort((one, other) => statSync(other).size - statSync(one).size)
  .slice(0, 3)
  .map((file) => `lessons/${basename(file, '.mdx')}/`);
const PAGES = [...LONGEST, 'paths/four-weeks/', 'commands/client-kill/', 'review/'];

/** What sticks out of the page to the right, without what scrolls by itself; empty if the page does not scroll sideways. */
async function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('main *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [`${scrollWidth} of ${clientWidth}`, ...wide.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });
}

test.describe('320 pixels wide, as a page at 400 % on a screen of 1280', () => {
  test.use({ viewport: { width: 320, height: 256 } });
  for (const path of PAGES)
    test(`/${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      expect(await stickingOut(page)).toEqual([]);
    });
});

test.describe('at 200 %', () => {
  for (const path of PAGES)
    test(`/${path} does not scroll sideways, and leaves most of the screen to the text`, async ({ page }) => {
      await page.setViewportSize({ width: 640, height: 400 });
      await page.goto(path);
      expect(await stickingOut(page)).toEqual([]);
      await page.mouse.wheel(0, 2000);
      const covered = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
          .map((element) => element.getBoundingClientRect())
          .filter(({ width, top, bottom }) => width > 400 && bottom > 0 && top < innerHeight)
          .reduce((sum, { top, bottom }) => sum + Math.min(bottom, innerHeight) - Math.max(top, 0), 0),
      );
      expect(covered).toBeLessThan(160);
      // Text alone at twice its size, as some set it in their browser.
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      expect(await stickingOut(page)).toEqual([]);
    });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  for (const path of LONGEST)
    test(`/${path} has its transcripts, and answers and solutions that open`, async ({ page }) => {
      await page.goto(path);
      const transcripts = page.locator('main figure[data-redis-transcript]');
      expect(await transcripts.count()).toBeGreaterThanOrEqual(6);
      for (const transcript of await transcripts.all()) await expect(transcript).toContainText(/\S/);
      await expect(page.getByRole('img').first()).toBeVisible();
      for (const button of ['Run', 'Check', 'Answer', 'Mark as done'])
        await expect(page.getByRole('button', { name: button, exact: true })).toHaveCount(0);
      const answer = page.locator('[data-question] details.answer').first();
      await answer.locator('summary').click();
      await expect(answer.locator('p').first()).toBeVisible();
      const solution = page.locator('[data-exercise] details.solution').first();
      await solution.locator('summary').click();
      await expect(solution.locator('figure').first()).toBeVisible();
    });
});

test.describe('a drawing with steps', () => {
  test('is whole until it is played, and whole again at the end', async ({ page }) => {
    await page.goto('lessons/counters-and-set-options/');
    const drawing = page.locator('figure', { has: page.locator('[data-figure-play]') });
    const steps = drawing.locator('.rm-step');
    const opacities = () => steps.evaluateAll((all) => all.map((step) => getComputedStyle(step).opacity));
    expect(new Set(await opacities())).toEqual(new Set(['1']));
    await drawing.getByRole('button', { name: 'Play step by step' }).click();
    expect(await opacities()).toContain('0');
    await drawing.evaluate((figure) => {
      for (const animation of figure.getAnimations({ subtree: true })) animation.finish();
    });
    expect(new Set(await opacities())).toEqual(new Set(['1']));
  });
  test('is whole, without a button, for whoever wants less motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('lessons/counters-and-set-options/');
    await expect(page.locator('.drawing .rm-step').first()).toBeVisible();
    await expect(page.locator('[data-figure-play]')).toBeHidden();
  });
});
