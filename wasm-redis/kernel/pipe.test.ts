import { expect, test } from 'vitest';
import { ERRNO, POLL } from '../build/abi.ts';
import { createPipe } from './pipe.ts';

const KILOBYTE = new Uint8Array(1024);

test('a pipe holds 64 KiB and then makes its writer wait', () => {
  const [reader, writer] = createPipe(true);
  for (let i = 0; i < 64; i++) expect(writer.write(KILOBYTE, 0, 1024)).toBe(1024);
  expect(writer.write(KILOBYTE, 0, 1024)).toBe(-ERRNO.EAGAIN);
  expect(writer.readiness()).toBe(0);
  let woken = 0;
  writer.watch({ notify: () => woken++ });
  expect(reader.read(new Uint8Array(10), 0, 10)).toBe(10);
  expect(woken).toBe(1);
  expect(writer.write(KILOBYTE, 0, 1024)).toBe(10);
});

test('an unbounded pipe takes everything', () => {
  const [reader, writer] = createPipe(false);
  expect(writer.write(new Uint8Array(1_000_000), 0, 1_000_000)).toBe(1_000_000);
  expect(reader.available).toBe(1_000_000);
});

test('a reader gets what is left and then the end, once nobody writes', () => {
  const [reader, writer] = createPipe(true);
  expect(reader.read(new Uint8Array(1), 0, 1)).toBe(-ERRNO.EAGAIN);
  expect(reader.readiness()).toBe(0);
  writer.write(Uint8Array.of(1), 0, 1);
  writer.retain().release();
  expect(reader.readiness()).toBe(POLL.POLLIN);
  writer.release();
  expect(reader.read(new Uint8Array(5), 0, 5)).toBe(1);
  expect(reader.read(new Uint8Array(5), 0, 5)).toBe(0);
  expect(reader.readiness()).toBe(POLL.POLLHUP);
});

test('writing to a pipe that nobody reads is an error', () => {
  const [reader, writer] = createPipe(true);
  reader.release();
  expect(writer.readiness()).toBe(POLL.POLLERR);
  expect(writer.write(KILOBYTE, 0, 1)).toBe(-ERRNO.EPIPE);
});

test('closing more often than opening is a broken invariant', () => {
  const [reader] = createPipe(true);
  reader.release();
  expect(() => reader.release()).toThrow('closed more often than it was opened');
});
