import { expect, test } from './test.ts';

test.beforeEach(async ({ page, terminal }) => {
  await page.goto('playground/');
  await terminal.ready();
});

test('a command is typed and its reply is read', async ({ terminal }) => {
  await terminal.type('SET bike:1 Deimos', 'GET bike:1');
  await terminal.shows('OK\n127.0.0.1:6379> GET bike:1\n"Deimos"\n127.0.0.1:6379>');
});

test('one terminal subscribes, another publishes', async ({ terminal }) => {
  await terminal.type('SUBSCRIBE news');
  await terminal.shows('3) (integer) 1');
  await terminal.newTab();
  await terminal.ready();
  await terminal.type('PUBLISH news hello');
  await terminal.shows('(integer) 1');
  await terminal.selectTab('redis-cli 1');
  await terminal.shows('1) "message"\n2) "news"\n3) "hello"');
});

test('terminals are chosen with the arrow keys, and closed until one is left', async ({ page, terminal }) => {
  await terminal.newTab();
  await terminal.newTab();
  await terminal.selectTab('redis-cli 3');
  await terminal.root.getByRole('tab', { name: 'redis-cli 3' }).press('ArrowRight');
  await expect(terminal.root.getByRole('tab', { name: 'redis-cli 1' })).toBeFocused();
  await page.keyboard.press('Delete');
  await terminal.ready();
  await terminal.root.getByRole('button', { name: 'Close this terminal' }).click();
  await expect(terminal.root.getByRole('tab')).toHaveText(['redis-cli 3']);
  await expect(terminal.root.getByRole('button', { name: 'Close this terminal' })).toBeHidden();
});

test('Ctrl-C ends a subscription, and once more redis-cli; then other programs run, and Enter starts redis-cli', async ({
  page,
  terminal,
}) => {
  await terminal.type('SUBSCRIBE news');
  await terminal.shows('3) (integer) 1');
  await page.keyboard.press('Control+c');
  await terminal.shows(/\^C[^$]*127\.0\.0\.1:6379>$/);
  await page.keyboard.press('Control+c');
  await terminal.shows(/^\$$/m);
  await terminal.type('redis-benchmark -q -n 100 -t ping_mbulk');
  await terminal.shows(/PING_MBULK: [\d.]+ requests per second/);
  await terminal.type('redis-cli ECHO hi | cat');
  await terminal.shows('hi\n$');
  await page.keyboard.press('Enter');
  await terminal.shows(/\$ *\n127\.0\.0\.1:6379>$/);
});

test('Tab completes; Shift-Tab and Escape with Tab leave the terminal', async ({ page, terminal }) => {
  await terminal.input.focus();
  await page.keyboard.type('zrangebys');
  await page.keyboard.press('Tab');
  await terminal.shows('> ZRANGEBYSCORE');
  await expect(terminal.input).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(terminal.input).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(terminal.input).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(terminal.input).not.toBeFocused();
});

test('several pasted lines are asked about, a single one waits for Enter, and control characters never arrive', async ({
  page,
  terminal,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await terminal.input.focus();
    await page.keyboard.press('Control+Shift+v');
  };
  await paste('ECHO \x03\x1b[31mone\n');
  await terminal.shows('> ECHO [31mone');
  await page.keyboard.press('Enter');
  await paste('SET a 1\nINCR a\n');
  await expect(terminal.root.getByText('Paste 2 lines? Each is run at once.')).toBeVisible();
  await terminal.root.getByRole('button', { name: 'Paste', exact: true }).click();
  await terminal.shows('(integer) 2');
});

test('what is selected is copied, and Ctrl-C without a selection interrupts', async ({ page, terminal, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await terminal.type('ECHO copied');
  await terminal.shows('"copied"');
  const box = await terminal.screen.getByText('"copied"').boundingBox();
  await page.mouse.dblclick((box?.x ?? 0) + 20, (box?.y ?? 0) + 5);
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('copied');
  await terminal.root.getByRole('button', { name: 'Copy selection, or everything' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('> ECHO copied\n"copied"');
});

test('what Redis returns stays text: markup, escapes, broken UTF-8, right-to-left', async ({ page, terminal }) => {
  const title = await page.title();
  await terminal.type(
    `SET x "<img src=x onerror=alert(1)>"`,
    'GET x',
    'SET y "\\x1b]0;owned\\x07\\x1b[31mred\\x1b[0m \\xff\\xfe \\xd7\\xa9\\xd7\\x9c"',
    'exit',
  );
  await terminal.shows(/^\$$/m);
  await terminal.type('redis-cli --raw MGET x y');
  await terminal.shows(/^<img src=x onerror=alert\(1\)>\nred +של/m);
  expect(await page.title()).toBe(title);
  expect(await terminal.root.locator('img').count()).toBe(0);
});

test('the theme follows the site', async ({ page, terminal }) => {
  const ground = (): Promise<string> =>
    terminal.screen
      .locator('.xterm-scrollable-element')
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  const dark = await ground();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await expect.poll(ground).not.toBe(dark);
});

test('screen reader mode can be switched on and is kept', async ({ page, terminal }) => {
  await terminal.root.getByRole('button', { name: 'Screen reader mode' }).click();
  await expect(terminal.screen.locator('.xterm-accessibility')).toBeAttached();
  await page.reload();
  await terminal.ready();
  await expect(terminal.screen.locator('.xterm-accessibility')).toBeAttached();
});

test('a server that has ended is started again from the notice', async ({ terminal }) => {
  await terminal.type('SHUTDOWN NOSAVE');
  await terminal.root.getByRole('button', { name: 'Start it again' }).click();
  await expect(terminal.root.getByText('redis-server has ended.')).toBeHidden();
  await terminal.type('PING');
  await terminal.shows('PONG');
});
