import { test as base, expect, type Page } from '@playwright/test';
import { Terminal } from './terminal.ts';

/** What a page may not do, whatever a test is about. A test that provokes such a thing on purpose says so by `allow`. */
export interface Watch {
  /** Console errors that are expected, by a part of their text. */
  allow(...texts: string[]): void;
}

interface Fixtures {
  watch: Watch;
  /** The first terminal of the page. */
  terminal: Terminal;
}

/**
 * Playwright's test, with every page watched: an error on its console, an uncaught error, a violation of the
 * Content-Security-Policy, or a request to another origin fails the test.
 */
export const test = base.extend<Fixtures>({
  watch: [
    async ({ context, baseURL }, use) => {
      const found: string[] = [];
      const allowed: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      context.on('console', (message) => {
        if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => found.push(`error: ${error.error().message}`));
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== origin) found.push(`request to ${request.url()}`);
      });
      await context.exposeBinding('reportViolation', (_source, text: string) => {
        found.push(`policy: ${text}`);
      });
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
          reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use({ allow: (...texts) => void allowed.push(...texts) });
      expect(found.filter((text) => !allowed.some((part) => text.includes(part)))).toEqual([]);
    },
    { auto: true },
  ],
  terminal: async ({ page }, use) => {
    await use(new Terminal(page));
  },
});

export { expect };

/** Waits until the site is kept for offline use and its service worker answers this page. */
export async function untilOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
  });
}
