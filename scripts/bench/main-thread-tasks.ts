import { type Page } from '@playwright/test';

/** A task of a page's main thread. */
interface Task {
  /** From its beginning to its end, whatever else the computer did meanwhile. */
  wallMs: number;
  /** Processor time. */
  cpuMs: number;
}

/** An event of Chromium's trace, as far as it is needed here. Times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

const TASK = /^(ThreadControllerImpl::)?RunTask$/;

/** The tasks that a page's main thread does during something, by Chromium's own trace. */
export async function tasksDuring(page: Page, pid: number, something: () => Promise<unknown>): Promise<Task[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'disabled-by-default-devtools.timeline'] });
  await something();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return mainThreadTasks(trace.traceEvents, pid);
}

/** The tasks of the main thread of a process. A task within a task counts with the outer one too. */
export function mainThreadTasks(events: readonly TraceEvent[], pid: number): Task[] {
  const main = events.find((event) => event.pid === pid && event.args?.name === 'CrRendererMain')?.tid;
  return events
    .filter((event) => event.pid === pid && event.tid === main && event.ph === 'X' && TASK.test(event.name))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, cpuMs: tdur / 1000 }));
}
