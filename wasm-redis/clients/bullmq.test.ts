import { Queue, QueueEvents, Worker } from 'bullmq';
import { expect, onTestFinished, test, vi } from 'vitest';
import { launch } from '../node/launcher-rig.ts';

vi.setConfig({ testTimeout: 240_000 });

const JOBS = 10_000;
const BATCH = 1000;

test('BullMQ: 10,000 jobs are done, each once, and none is lost', async () => {
  const { port } = await launch(['--maxmemory-policy', 'noeviction']);
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue('bikes', { connection });
  const events = new QueueEvents('bikes', { connection });
  onTestFinished(() => Promise.all([queue.close(), events.close()]).then(() => undefined));
  await events.waitUntilReady();
  const done = new Map<number, number>();
  const { promise: allDone, resolve } = Promise.withResolvers<void>();
  const worker = new Worker<{ at: number }, number>(
    'bikes',
    async ({ data: { at } }) => {
      done.set(at, (done.get(at) ?? 0) + 1);
      return at * 2;
    },
    { connection, concurrency: 100 },
  );
  onTestFinished(() => worker.close());
  let completed = 0;
  worker.on('completed', () => void (++completed === JOBS && resolve()));
  for (let from = 0; from < JOBS; from += BATCH) {
    await queue.addBulk(Array.from({ length: BATCH }, (_, at) => ({ name: 'job', data: { at: from + at } })));
  }
  await allDone;
  expect(done.size).toBe(JOBS);
  expect([...done.values()].every((times) => times === 1)).toBe(true);
  expect(await queue.getJobCounts('completed', 'failed', 'waiting', 'active', 'delayed')).toEqual({
    completed: JOBS,
    failed: 0,
    waiting: 0,
    active: 0,
    delayed: 0,
  });
  const job = await queue.getJob('5000');
  expect(job?.returnvalue).toBe((job?.data as { at: number }).at * 2);
});
