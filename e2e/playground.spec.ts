import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisPlayground } from '../src/playground/redis-playground.ts';
import { expect, test } from './test.ts';

test.beforeEach(async ({ page, terminal }) => {
  await page.goto('playground/');
  await terminal.ready();
});

test('the server runs, and one that is restarted runs again, and no notice says otherwise', async ({
  page,
  terminal,
}) => {
  const notice = terminal.root.getByText('redis-server has ended');
  await expect(notice).toBeHidden();
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect(page.getByText('The server was restarted.')).toBeVisible();
  await expect(notice).toBeHidden();
  // redis-cli notices that its server has gone when it is used next; it connects again, and does not repeat a SHUTDOWN.
  await terminal.type('PING', 'SHUTDOWN');
  await terminal.root.getByRole('button', { name: 'Start it again' }).click();
  await expect(notice).toBeHidden();
});

test('keys survive a reload', async ({ page, terminal }) => {
  await terminal.type('SET bike:1 Deimos', 'RPUSH queue a b c');
  await terminal.shows('(integer) 3');
  await page.locator('redis-playground').evaluate((playground: RedisPlayground) => playground.save());
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await page.reload();
  await terminal.ready();
  await terminal.type('GET bike:1', 'LLEN queue');
  await terminal.shows('"Deimos"\n127.0.0.1:6379> LLEN queue\n(integer) 3');
});

test('a second tab says that it does not save', async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('Open in another tab, so nothing is saved here')).toBeVisible();
  await second.close();
});

test('options are written to redis.conf and the server restarts with them and its keys', async ({ page, terminal }) => {
  await terminal.type('SET bike:1 Deimos');
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('What is evicted when it is full').selectOption('allkeys-lru');
  await page.getByRole('button', { name: 'Save and restart' }).click();
  await expect(page.getByText('The server was restarted with the new options.')).toBeVisible();
  // redis-cli notices that its server has gone when it is used next, says so, and connects again.
  await terminal.type('PING', 'CONFIG GET maxmemory-policy', 'GET bike:1');
  await terminal.shows('2) "allkeys-lru"');
  await terminal.shows('"Deimos"');
});

test('an option that Redis refuses is explained, and the server runs with the old ones', async ({ page, terminal }) => {
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('Memory for data').fill('lots');
  await page.getByRole('button', { name: 'Save and restart' }).click();
  await expect(page.getByText(/Redis did not start: .*maxmemory lots/s)).toBeVisible();
  await terminal.type('PING', 'PING');
  await terminal.shows('PONG');
});

test('a reset empties the machine and can be undone', async ({ page, terminal }) => {
  await terminal.type('SET bike:1 Deimos');
  await terminal.shows('OK');
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('A fresh machine.')).toBeVisible();
  await terminal.ready();
  await terminal.type('DBSIZE');
  await terminal.shows('(integer) 0');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Everything is as it was before.')).toBeVisible();
  await terminal.type('PING', 'GET bike:1');
  await terminal.shows('"Deimos"');
});

test('a file that is no dump is refused and changes nothing', async ({ page, terminal }) => {
  await terminal.type('SET bike:1 Deimos');
  await page.locator('input[type=file]').setInputFiles({ name: 'a.rdb', mimeType: '', buffer: Buffer.from('nothing') });
  await expect(page.getByText('a.rdb is not a Redis dump')).toBeVisible();
  await terminal.type('GET bike:1');
  await terminal.shows('"Deimos"');
});

test('a dump that is damaged is refused with what Redis says, and the data are back', async ({ page, terminal }) => {
  await terminal.type('SET bike:1 Deimos');
  const buffer = Buffer.from('REDIS0010\xfa\x09redis-ver', 'latin1');
  await page.locator('input[type=file]').setInputFiles({ name: 'short.rdb', mimeType: '', buffer });
  await expect(page.getByText('Redis could not load the dump.')).toBeVisible();
  await terminal.type('PING', 'GET bike:1');
  await terminal.shows('"Deimos"');
});

test('a downloaded dump is loaded by a native server, and one that it wrote is loaded here', async ({
  page,
  terminal,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-playground-'));
  try {
    await terminal.type('SET bike:1 Deimos', 'ZADD km 412 ada 388 grace', 'XADD rides * bike 1');
    await terminal.shows(/"\d+-0"/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download dump' }).click(),
    ]);
    await download.saveAs(join(folder, 'dump.rdb'));
    await withNativeServer(folder, (ask) => {
      expect(ask('GET', 'bike:1')).toBe('Deimos');
      expect(ask('ZSCORE', 'km', 'ada')).toBe('412');
      expect(ask('XLEN', 'rides')).toBe('1');
      ask('SET', 'native', 'yes');
      ask('SAVE');
    });
    const buffer = await readFile(join(folder, 'dump.rdb'));
    await page.locator('input[type=file]').setInputFiles({ name: 'native.rdb', mimeType: '', buffer });
    await expect(page.getByText('native.rdb has replaced the data that was there.')).toBeVisible();
    await terminal.type('PING', 'MGET native bike:1');
    await terminal.shows('1) "yes"\n2) "Deimos"');
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Runs the machine's own redis-server on a folder, on a free port, until `use` returns. */
async function withNativeServer(folder: string, use: (ask: (...words: string[]) => string) => void): Promise<void> {
  const port = String(await freePort());
  const server = spawn('redis-server', ['--port', port, '--dir', folder, '--save', ''], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const ask = (...words: string[]): string =>
    spawnSync('redis-cli', ['-p', port, ...words], { encoding: 'utf8' }).stdout.trim();
  try {
    await expect.poll(() => ask('PING')).toBe('PONG');
    use(ask);
  } finally {
    server.kill();
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
