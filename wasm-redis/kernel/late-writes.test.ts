import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import { createHost } from '../direct/host.ts';
import { LateWrites } from './late-writes.ts';
import { createPipe, type PipeReader } from './pipe.ts';
import { Scheduler } from './scheduler.ts';

const host = createHost();
const makeLate = (): { late: LateWrites; scheduler: Scheduler } => {
  const scheduler = new Scheduler(host, new Clock(host, 0, 0));
  return { late: new LateWrites(scheduler), scheduler };
};

function readAll(reader: PipeReader): number[] {
  const bytes = new Uint8Array(100);
  const count = reader.read(bytes, 0, bytes.length);
  return count < 0 ? [count] : [...bytes.subarray(0, count)];
}

test('what is late comes when its time has come, in order, and then the pipe ends', () => {
  const { late, scheduler } = makeLate();
  const [reader, writer] = createPipe(false);
  late.add(100, writer, Uint8Array.of(1));
  late.add(200, writer, Uint8Array.of(2));
  writer.release();
  expect(scheduler.nextWakeUs()).toBe(100);
  expect(reader.hasWriter).toBe(true);
  late.deliver(150);
  expect(readAll(reader)).toEqual([1]);
  late.deliver(200);
  expect(reader.hasWriter).toBe(false);
  expect(readAll(reader)).toEqual([2]);
  expect(readAll(reader)).toEqual([]);
});

test('what becomes due while the child still writes is not late a second time', () => {
  const { late } = makeLate();
  const [reader, writer] = createPipe(false);
  writer.divert = (bytes) => late.add(300, writer, bytes);
  late.add(100, writer, Uint8Array.of(1));
  late.deliver(100);
  expect(readAll(reader)).toEqual([1]);
});

test('what is dropped never comes', () => {
  const { late } = makeLate();
  const [reader, writer] = createPipe(false);
  late.add(100, writer, Uint8Array.of(1));
  writer.release();
  late.drop();
  late.deliver(1000);
  expect(reader.hasWriter).toBe(false);
  expect(readAll(reader)).toEqual([]);
});
