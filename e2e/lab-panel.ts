import { expect, type Locator, type Page } from '@playwright/test';

export { axeFinds } from './axe.ts';

/** A panel of the lab, opened by its button. */
export async function openPanel(page: Page, title: string): Promise<Locator> {
  const panel = page.locator('lab-panel').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  await panel.getByRole('button', { name: `Open ${title}` }).click();
  // What is in it moves everything after it, so it has to be there before another is opened.
  await expect(panel.locator('.lp-body')).not.toBeEmpty();
  return panel;
}

/** Opens /lab/ with a machine, and waits until what it promises holds. */
export async function openLab(page: Page, machine: string): Promise<void> {
  await page.goto(`lab/?machine=${machine}`);
  await page.waitForSelector('redis-terminal[data-engine=ready]');
}

/** The lab with one of its panels open and in view: what is not in view does not look at the nodes. */
export async function openLabAt(page: Page, machine: string, title: string): Promise<Locator> {
  await openLab(page, machine);
  const panel = await openPanel(page, title);
  await panel.scrollIntoViewIfNeeded();
  return panel;
}

/** Waits for what a panel says. */
export async function says(panel: Locator, what: string | RegExp): Promise<void> {
  await expect(panel.getByRole('status')).toHaveText(what);
}
