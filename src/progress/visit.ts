import { localStore, readObject } from './local.ts';
import { ReadingTime } from './reading-time.ts';

/**
 * Notes that a lesson is visited, and for how long. Only when the page is hidden is anything written, and only to
 * localStorage, because a page that goes away cannot wait for a database; `takeInVisits` moves it there.
 */
export function noteVisit(lesson: string): void {
  const time = new ReadingTime(() => performance.now(), document.visibilityState === 'visible');
  const sign = (): void => time.sign();
  for (const event of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(event, sign, { capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', () => {
    const visible = document.visibilityState === 'visible';
    time.setVisible(visible);
    if (!visible) write(lesson, time.take());
  });
}

function write(lesson: string, readMs: number): void {
  const storage = localStore();
  const visits = readObject(storage?.getItem('rm-visits'));
  const known = visits[lesson];
  const before = Array.isArray(known) && typeof known[1] === 'number' ? known[1] : 0;
  storage?.setItem('rm-visits', JSON.stringify({ ...visits, [lesson]: [Date.now(), Math.round(before + readMs)] }));
}
