import { expect, test } from 'vitest';
import { mainThreadTasks } from './main-thread-tasks.ts';

test('tasks of the main thread of the page’s own process are counted, with their processor time', () => {
  const task = { name: 'ThreadControllerImpl::RunTask', ph: 'X', pid: 7, tid: 1, dur: 90_000, tdur: 4000 };
  const events = [
    { name: 'thread_name', ph: 'M', pid: 7, tid: 2, args: { name: 'DedicatedWorker thread' } },
    { name: 'thread_name', ph: 'M', pid: 7, tid: 1, args: { name: 'CrRendererMain' } },
    task,
    { ...task, tid: 2 },
    { ...task, pid: 8 },
    { ...task, name: 'FunctionCall' },
  ];
  expect(mainThreadTasks(events, 7)).toEqual([{ wallMs: 90, cpuMs: 4 }]);
});
