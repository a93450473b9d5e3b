import { expect, test } from './test.ts';

test('the policy comes as a header and in the page, and allows neither inline nor foreign scripts', async ({
  page,
}) => {
  const response = await page.goto('playground/');
  const header = response?.headers()['content-security-policy'] ?? '';
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  for (const policy of [header, meta ?? '']) {
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
    expect(scripts.filter((source) => !source.startsWith("'sha256-"))).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(policy).toContain("default-src 'none'");
  }
  expect(header).toContain("frame-ancestors 'none'");
});

test('a script that finds its way into a page does not run', async ({ page, watch }) => {
  watch.allow('policy: script-src', 'violates the following Content Security Policy directive');
  await page.goto('playground/');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.intruder = true">');
    return new Promise((resolve) => setTimeout(() => resolve('intruder' in window), 50));
  });
  expect(ran).toBe(false);
});
