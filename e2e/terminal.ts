import { expect, type Locator, type Page } from '@playwright/test';

/** A page's terminal as a reader uses it: keys in, rows out. */
export class Terminal {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page, root: Locator = page.locator('redis-terminal')) {
    this.page = page;
    this.root = root;
  }

  /** The shown screen of several. */
  get screen(): Locator {
    return this.root.locator('.rt-screen:not([hidden])');
  }

  /** Where keys go. */
  get input(): Locator {
    return this.screen.locator('textarea');
  }

  /** Waits until Redis runs and redis-cli shows its prompt. */
  async ready(): Promise<void> {
    await this.shows(/^127\.0\.0\.1:6379>/m);
  }

  /** Types lines, each ended by Enter. */
  async type(...lines: string[]): Promise<void> {
    await this.input.focus();
    for (const line of lines) {
      await this.page.keyboard.type(line);
      await this.page.keyboard.press('Enter');
    }
  }

  /** What is on the screen, a row a line, as far as it is scrolled. */
  async text(): Promise<string> {
    const rows = await this.screen.locator('.xterm-rows > div').allTextContents();
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until the screen shows something. */
  async shows(what: string | RegExp): Promise<void> {
    const shown = expect.poll(() => this.text());
    await (typeof what === 'string' ? shown.toContain(what) : shown.toMatch(what));
  }

  async newTab(): Promise<void> {
    await this.root.getByRole('button', { name: 'New redis-cli' }).click();
  }

  async newShell(): Promise<void> {
    await this.root.getByRole('button', { name: 'New shell' }).click();
  }

  async selectTab(name: string): Promise<void> {
    await this.root.getByRole('tab', { name, exact: true }).click();
  }
}

/** Opens the terminal of a lesson. */
export async function openDock(page: Page): Promise<Terminal> {
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  const terminal = new Terminal(page, page.locator('terminal-dock redis-terminal'));
  await terminal.ready();
  return terminal;
}
