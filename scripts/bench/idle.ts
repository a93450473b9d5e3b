import { type Browser, type Page } from '@playwright/test';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { type IdleReport } from './idle-probe.ts';
import { tasksDuring } from './main-thread-tasks.ts';
import { memoryOf, threadTimes } from './renderer.ts';

/** What a page with thirteen processes may cost. */
export const BARS = { bytes: 220_000_000, framesPerSecond: 60, taskMs: 50 } as const;

/** What a page does that nobody touches; the probe must have been installed before the page was opened. */
export async function measureIdle(page: Page, idleMs: number): Promise<Figure[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  const pid = await busiestRenderer(browser);
  const before = await threadTimes(pid);
  let idle: IdleReport | undefined;
  const tasks = await tasksDuring(page, pid, async () => {
    idle = await page.evaluate((forMs) => window.watchIdle(forMs), idleMs);
  });
  if (!idle) throw new Error('nothing was watched');
  const after = await threadTimes(pid);
  const memory = await memoryOf(pid);
  await collectGarbage(page);
  const collected = await memoryOf(pid);
  return [
    ...memoryFigure('the whole page’s process (Pss)', memory),
    ...memoryFigure('the same after a garbage collection', collected),
    ...idleFigures(idle),
    {
      name: 'idle: most processor time of one task of it',
      value: Math.max(0, ...tasks.map(({ cpuMs }) => cpuMs)),
      limit: BARS.taskMs,
      unit: 'ms',
    },
    ...(before && after ? cpuFigures(before, after, idle.forMs) : []),
  ];
}

/** Frames and tasks of a page that nobody touched. */
export function idleFigures(idle: IdleReport): Figure[] {
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

function memoryFigure(name: string, value: number | undefined): Figure[] {
  return value === undefined ? [] : [{ name, value, limit: BARS.bytes, unit: 'bytes' }];
}

/** Of the page's own thread: the browser puts it off while there is room. */
async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
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
