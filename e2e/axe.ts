import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules that look at colours; the others see the same in both themes. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong in a part of the page, as it is; and of its colours, in the other theme too. */
export async function axeFinds(page: Page, part = 'html'): Promise<string[]> {
  const asItIs = await new AxeBuilder({ page }).include(part).analyze();
  const theme = await swapTheme(page);
  const inOther = await new AxeBuilder({ page }).include(part).withRules(OF_COLOURS).analyze();
  await swapTheme(page);
  const finds = [
    ...asItIs.violations,
    ...inOther.violations.map(({ id, nodes }) => ({ id: `${id} in the ${theme} theme`, nodes })),
  ];
  return finds.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Resolves with the name of the theme that is shown then. */
function swapTheme(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { dataset } = document.documentElement;
    return (dataset['theme'] = dataset['theme'] === 'light' ? 'dark' : 'light');
  });
}
