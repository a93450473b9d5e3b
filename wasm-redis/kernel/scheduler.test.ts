import { expect, test } from 'vitest';
import { createHost } from '../direct/host.ts';
import { Clock } from './clock.ts';
import { type Process } from './process.ts';
import { Scheduler } from './scheduler.ts';

/** What the scheduler sees of a process. */
interface Job {
  name: string;
  wakeUs: number;
  queued: boolean;
  running: boolean;
  stopped: boolean;
  ended: boolean;
  run(): void;
}

function create(rate = 0) {
  const clock = new Clock(createHost({ monotonicMs: () => 0 }), 0, rate);
  const looked: string[] = [];
  const host = createHost({ monotonicMs: () => 0, whileBusy: () => looked.push('host') });
  const scheduler = new Scheduler(host, clock);
  const ran: string[] = [];
  const add = (name: string, run: (job: Job) => void = () => {}): Job => {
    const job: Job = {
      name,
      wakeUs: Infinity,
      queued: false,
      running: false,
      stopped: false,
      ended: false,
      run() {
        ran.push(name);
        job.running = true;
        job.wakeUs = Infinity;
        run(job);
        job.running = false;
      },
    };
    scheduler.processes.add(job as unknown as Process);
    return job;
  };
  const ready = (job: Job): void => scheduler.makeReady(job as unknown as Process);
  return { scheduler, clock, ran, looked, add, ready };
}

test('who is ready first runs first, once for each time', () => {
  const { scheduler, ran, add, ready } = create();
  const [a, b] = [add('a'), add('b', (job) => ran.length < 4 && ready(job))];
  ready(b);
  ready(a);
  ready(b);
  expect(scheduler.runSlice(1)).toBe(false);
  expect(ran).toEqual(['b', 'a', 'b', 'b']);
});

test('timers that are due wake their process, others wait', () => {
  const { scheduler, clock, ran, add } = create();
  const [a, b] = [add('a'), add('b')];
  a.wakeUs = 200;
  b.wakeUs = 100;
  expect([scheduler.runSlice(1), ran, scheduler.nextWakeUs()]).toEqual([false, [], 100]);
  clock.advanceTo(150);
  expect(scheduler.runSlice(1)).toBe(false);
  expect([ran, scheduler.nextWakeUs()]).toEqual([['b'], 200]);
});

test('a slice ends after its runs and says that there is more', () => {
  const { scheduler, ran, add, ready } = create();
  ready(add('a', (job) => ready(job)));
  expect(scheduler.runSlice(Infinity, 3)).toBe(true);
  expect(ran).toEqual(['a', 'a', 'a']);
});

test('stopped and ended processes do not run, whatever wakes them', () => {
  const { scheduler, clock, ran, add, ready } = create();
  const [stopped, ended, later] = [add('stopped'), add('ended'), add('later')];
  stopped.stopped = true;
  stopped.wakeUs = 10;
  ended.ended = true;
  ready(stopped);
  ready(ended);
  ready(later);
  later.stopped = true;
  clock.advanceTo(100);
  expect(scheduler.runSlice(1)).toBe(false);
  expect([ran, scheduler.nextWakeUs()]).toEqual([[], Infinity]);
  later.stopped = false;
  ready(later);
  scheduler.runSlice(1);
  expect(ran).toEqual(['later']);
});

test('while one waits within a call the others run, and it is not entered again', () => {
  const { scheduler, ran, looked, add, ready } = create();
  const b = add('b');
  let more: boolean | undefined;
  const a = add('a', (job) => {
    ready(job);
    ready(b);
    more = scheduler.runNested();
  });
  ready(a);
  scheduler.runSlice(1, 1);
  expect([ran, more, looked]).toEqual([['a', 'b'], false, ['host']]);
  expect(scheduler.hasReady).toBe(true);
});

test('when nobody can run, a standing clock moves to the next timer, at most to the deadline', () => {
  const { scheduler, clock, add } = create();
  const a = add('a');
  a.wakeUs = 500;
  scheduler.runOthers(300);
  expect(clock.uptimeUs()).toBe(300);
  scheduler.runOthers(1000);
  expect(clock.uptimeUs()).toBe(500);
  scheduler.runOthers(Infinity);
  scheduler.runOthers(Infinity);
  expect(clock.uptimeUs()).toBe(500);
});

test('the first that becomes ready is told of, a second time only after it ran', () => {
  const { scheduler, add, ready } = create();
  let told = 0;
  scheduler.onReady = () => told++;
  const a = add('a');
  ready(a);
  ready(a);
  expect(told).toBe(1);
  scheduler.runSlice(1);
  ready(a);
  expect(told).toBe(2);
});
