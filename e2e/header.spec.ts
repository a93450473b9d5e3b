import { expect, test } from './test.ts';

test('on a narrow phone the pages of the site are behind a button, also on a page without a sidebar', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('playground/');
  const links = page.getByRole('navigation', { name: 'Site' });
  const menu = page.getByRole('button', { name: 'Pages of the site' });
  await expect(links).toBeHidden();
  await menu.click();
  await expect(links.getByRole('link')).toHaveText(['Lessons', 'Commands', 'Playground', 'Lab']);
  await page.keyboard.press('Escape');
  await expect(links).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await links.getByRole('link', { name: 'Commands' }).click();
  await expect(page).toHaveURL(/\/commands\/$/);
  // There the sidebar's menu has them.
  await expect(menu).toBeHidden();
});

test('on a wide screen they are a row of links', async ({ page }) => {
  await page.goto('playground/');
  await expect(page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Lessons' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pages of the site' })).toBeHidden();
});
