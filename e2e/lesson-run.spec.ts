import { expect, test, type Locator, type Page } from '@playwright/test';

const LESSONS = ['what-is-redis', 'redis-cli', 'strings'];

/** The fence with this number on the page, its Run button, status and result. */
function block(page: Page, index: number) {
  const figure: Locator = page.locator('figure[data-redis-transcript]').nth(index);
  return {
    figure,
    run: figure.locator('.redis-run'),
    status: figure.getByRole('status'),
    result: figure.locator('.redis-result'),
    reset: figure.getByRole('button', { name: /this page's machine/ }),
  };
}

/** Puts another transcript into a fence, before anything has run: the page reads them at the first press on Run. */
async function replaceTranscript(page: Page, index: number, transcript: string): Promise<void> {
  await block(page, index).figure.evaluate(
    (figure, text) => figure.setAttribute('data-redis-transcript', text),
    transcript,
  );
}

for (const lesson of LESSONS) {
  test(`${lesson}: the last Run plays the whole page, and every reply is as printed`, async ({ page }) => {
    await page.goto(`lessons/${lesson}/`);
    const statuses = page.locator('figure[data-redis-transcript] .redis-status');
    const count = await statuses.count();
    await block(page, count - 1).run.click();
    await expect(statuses).toHaveText(Array<RegExp>(count).fill(/^\d+ steps?, every reply as printed\.$/));
  });
}

test('a reply that differs is marked in words, and Reset gives the page back as it was', async ({ page }) => {
  await page.goto('lessons/strings/');
  const { run, status, result, reset } = block(page, 0);
  await replaceTranscript(page, 0, '> RPUSH queue a\n(integer) 1\n> PING\nPONG');
  await run.click();
  await expect(status).toHaveText('2 steps, every reply as printed.');
  await run.click();
  await expect(status).toHaveText('2 steps, 1 reply differs from the lesson. Reset gives you a fresh machine.');
  await expect(result).toContainText('(integer) 2');
  await expect(result.getByText('differs from what the lesson prints')).toHaveCount(1);

  await reset.click();
  await expect(result).toHaveCount(0);
  await expect(run).toHaveText('Run');
  await run.click();
  await expect(status).toHaveText('2 steps, every reply as printed.');
});

test('Run works by keyboard, keeps the focus and says what it runs', async ({ page }) => {
  await page.goto('lessons/strings/');
  const { run, status } = block(page, 1);
  await expect(run).toHaveAccessibleName('Run SET badge "\\x00\\xffPNG" and 1 more');
  await run.focus();
  await page.keyboard.press('Enter');
  await expect(status).toHaveText('2 steps, every reply as printed.');
  await expect(run).toBeFocused();
  await expect(run).toHaveAccessibleName('Run again SET badge "\\x00\\xffPNG" and 1 more');
});

test('what Redis returns stays text', async ({ page }) => {
  await page.goto('lessons/strings/');
  const hostile = '> EVAL "return redis.status_reply(ARGV[1])" 0 "<b onclick=alert(1)>\\x1b[31mx\\x07</b>\\xff"';
  await replaceTranscript(page, 0, hostile);
  const { run, result } = block(page, 0);
  await run.click();
  await expect(result).toContainText('<b onclick=alert(1)>x␇</b>\ufffd');
  await expect(result.locator('b')).toHaveCount(0);
});

test('a command that never returns is stopped and said', async ({ page }) => {
  await page.goto('lessons/strings/');
  await replaceTranscript(page, 0, '> BLPOP nothing 0');
  const { run, status, result } = block(page, 0);
  await run.click();
  await expect(status).toHaveText('Stopped after 1 step.');
  await expect(result).toContainText('it never returns');
});

test('Reset ends a script that has no end', async ({ page }) => {
  await page.goto('lessons/strings/');
  await replaceTranscript(page, 0, '> EVAL "while true do end" 0');
  const endless = block(page, 0);
  await endless.run.click();
  await expect(endless.status).toHaveText('Still running. Reset stops it.', { timeout: 20_000 });
  await endless.reset.click();
  await expect(endless.status).toHaveText('');
  await expect(endless.run).toHaveText('Run');
});

test.describe('when the engine cannot be loaded', () => {
  // A service worker would answer in place of the network.
  test.use({ serviceWorkers: 'block' });

  test('the page says so, stays readable, and Restart works once it can be', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('lessons/strings/');
    const { figure, run, status, reset } = block(page, 0);
    await run.click();
    await expect(status).toHaveText(/^The machine has failed: .* The replies printed in the lesson still hold\.$/);
    await expect(figure.locator('pre')).toContainText('SET city "Zürich"');
    await expect(reset).toHaveText('Restart');

    await page.unroute('**/*.wasm');
    await reset.click();
    await run.click();
    await expect(status).toHaveText('3 steps, every reply as printed.');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson shows commands and replies, and no button that does nothing', async ({ page }) => {
    await page.goto('lessons/strings/');
    const { figure, run } = block(page, 0);
    await expect(figure.locator('pre')).toContainText('"Z\\xc3\\xbcrich"');
    await expect(run).toBeHidden();
  });
});
