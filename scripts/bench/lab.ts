import { type Browser, chromium, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { CHROMIUM } from '../chromium.ts';
import { startSiteServer } from '../serve/site-server.ts';
import { installIdleProbe, type IdleReport } from './idle-probe.ts';
import { memoryOf, threadTimes } from './renderer.ts';

/** A page with nothing but the engine, so that no build of the site is needed. */
const PAGE = join(import.meta.dirname, 'lab-page');

/** What a page with thirteen processes may cost. */
const BARS = { bytes: 220_000_000, framesPerSecond: 60, taskMs: 50 } as const;

/** Time for what follows a start to come to rest: Sentinels and cluster nodes make each other's acquaintance. */
const SETTLE_MS = 3000;

/**
 * A page whose machine has thirteen processes and a clock at rate 1, left alone for so long: its memory, its frames, the tasks
 * of its main thread, and the processor time of both its threads. What only Linux counts is left out elsewhere.
 */
export async function measureLabPage(idleMs: number): Promise<Figure[]> {
  const dist = await mkdtemp(join(tmpdir(), 'lab-'));
  try {
    const output = { outDir: dist, emptyOutDir: true };
    await build({ configFile: false, root: PAGE, logLevel: 'warn', worker: { format: 'es' }, build: output });
    await writeFile(join(dist, '_headers'), '');
    return await runPage(dist, idleMs);
  } finally {
    await rm(dist, { recursive: true });
  }
}

async function runPage(dist: string, idleMs: number): Promise<Figure[]> {
  const site = await startSiteServer({ dist, host: 'localhost', port: 0, base: '/' });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.addInitScript(installIdleProbe);
    await page.goto(site.url);
    const empty = await page.evaluate((forMs) => window.watchIdle(forMs), idleMs);
    const memories = await page.evaluate(() => window.startLab());
    await page.waitForTimeout(SETTLE_MS);
    return [
      {
        name: `${String(memories.length)} processes: linear memories`,
        value: memories.reduce((sum, bytes) => sum + bytes, 0),
        limit: BARS.bytes,
        unit: 'bytes',
      },
      ...(await measureIdle(browser, page, idleMs)),
      // On a computer that has other work, this page's figures are not those of what it does.
      ...figuresOf(empty).map(({ name, value, unit }): Figure => ({ name: `before them, ${name}`, value, unit })),
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

/** What a page does that nobody touches; the probe must have been installed before the page was opened. */
export async function measureIdle(browser: Browser, page: Page, idleMs: number): Promise<Figure[]> {
  const pid = await busiestRenderer(browser);
  const before = await threadTimes(pid);
  const idle = await page.evaluate((forMs) => window.watchIdle(forMs), idleMs);
  const after = await threadTimes(pid);
  const memory = await memoryOf(pid);
  return [
    ...(memory === undefined
      ? []
      : [{ name: 'the whole page’s process (Pss)', value: memory, limit: BARS.bytes, unit: 'bytes' } as const]),
    ...figuresOf(idle),
    ...(before && after ? cpuFigures(before, after, idle.forMs) : []),
  ];
}

function figuresOf(idle: IdleReport): Figure[] {
  return [
    {
      name: 'idle: frames a second',
      value: (idle.frames * 1000) / idle.forMs,
      limit: BARS.framesPerSecond,
      unit: 'per second',
    },
    { name: 'idle: longest time between two frames', value: idle.longestFrameMs, unit: 'ms' },
    { name: 'idle: longest task of the main thread', value: idle.longestTaskMs, limit: BARS.taskMs, unit: 'ms' },
    { name: 'idle: tasks of more than 50 ms', value: idle.longTasks, limit: 0, unit: 'count' },
  ];
}

function cpuFigures(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, ms: number): Figure[] {
  const share = (thread: string): number => (100 * ((after.get(thread) ?? 0) - (before.get(thread) ?? 0))) / ms;
  return [
    { name: 'idle: processor time of the engine’s worker', value: share('worker'), unit: 'percent' },
    { name: 'idle: processor time of the main thread', value: share('main'), unit: 'percent' },
  ];
}

/** The page's process: Chromium keeps others at hand, which have done nothing. */
async function busiestRenderer(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const [busiest] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((one, other) => other.cpuTime - one.cpuTime);
  if (!busiest) throw new Error('Chromium names no renderer among its processes');
  return busiest.id;
}
