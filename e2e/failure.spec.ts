import { expect, test, untilOffline } from './test.ts';
import { openDock } from './terminal.ts';

const LESSON = 'lessons/what-is-redis/';

test('an engine that cannot be downloaded is explained in words, and Restart tries again', async ({
  page,
  watch,
  terminal,
}) => {
  watch.allow('Failed to load resource', 'net::ERR_FAILED');
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('playground/');
  const status = terminal.root.locator('.rt-engine');
  await expect(status).toContainText('The terminal has stopped. Expected to download redis-');
  await expect(status).toContainText('Check the connection and try again.');
  await page.unroute('**/*.wasm');
  await status.getByRole('button', { name: 'Restart' }).click();
  await terminal.ready();
});

test('an engine that dies says so, the page stays readable, and Restart brings a new one', async ({ page, watch }) => {
  watch.allow('killed by the test');
  await page.goto(LESSON);
  const terminal = await openDock(page);
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by the test');
    });
  });
  const status = terminal.root.locator('.rt-engine');
  await expect(status).toContainText('The engine has stopped: Uncaught Error: killed by the test.');
  await expect(page.getByRole('heading', { name: 'What is Redis?' })).toBeVisible();
  await status.getByRole('button', { name: 'Restart' }).click();
  await terminal.ready();
  await terminal.type('PING');
  await terminal.shows('PONG');
});

test('while one server is stuck in a script, another terminal is opened and ends it', async ({ page, terminal }) => {
  await page.goto('playground/');
  await untilOffline(page);
  // From here on the service worker answers the engine's requests.
  await page.reload();
  await terminal.ready();
  await terminal.type('CONFIG SET busy-reply-threshold 50', 'EVAL "while true do end" 0');
  await expect(terminal.root.locator('.rt-engine')).toContainText('A server is busy');
  await terminal.newTab();
  await terminal.ready();
  await terminal.type('PING');
  await terminal.shows('(error) BUSY Redis is busy running a script.');
  await terminal.type('SCRIPT KILL');
  await terminal.shows('OK');
  await expect(terminal.root.locator('.rt-engine')).toBeHidden();
  await terminal.selectTab('redis-cli 1');
  await terminal.shows('ERR Script killed by user');
});

test('Reset works while a server is stuck', async ({ page }) => {
  await page.goto(LESSON);
  const terminal = await openDock(page);
  await terminal.type('SET bike:1 Deimos', 'EVAL "while true do end" 0');
  await expect(terminal.root.locator('.rt-engine')).toContainText('A server is busy');
  await terminal.root.getByRole('button', { name: 'Reset: a fresh machine' }).click();
  await terminal.root.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(terminal.root.locator('.rt-engine')).toBeHidden();
  await terminal.ready();
  await terminal.type('EXISTS bike:1');
  await terminal.shows('(integer) 0');
});
