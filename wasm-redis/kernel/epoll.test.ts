import { expect, test } from 'vitest';
import { EPOLL, ERRNO, POLL } from '../build/abi.ts';
import { Epoll } from './epoll.ts';
import { createPipe } from './pipe.ts';

const { EPOLL_CTL_ADD: ADD, EPOLL_CTL_MOD: MOD, EPOLL_CTL_DEL: DEL } = EPOLL;
const BYTE = Uint8Array.of(1);

/** What epoll reports: the data and events of each ready descriptor. */
function collect(epoll: Epoll, max = 100): [data: number, events: number][] {
  const reported: [number, number][] = [];
  epoll.collect(max, (_index, events, data) => reported.push([data, events]));
  return reported;
}

test('a descriptor is reported as long as it is ready', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  epoll.control(ADD, 5, reader, POLL.POLLIN, 50, 0);
  expect(collect(epoll)).toEqual([]);
  writer.write(BYTE, 0, 1);
  expect(collect(epoll)).toEqual([[50, POLL.POLLIN]]);
  expect(collect(epoll)).toEqual([[50, POLL.POLLIN]]);
  reader.read(new Uint8Array(1), 0, 1);
  expect(collect(epoll)).toEqual([]);
});

test('one that is ready already when it is added or changed wakes whoever waits', () => {
  const epoll = new Epoll();
  let woken = 0;
  epoll.watch({ notify: () => woken++ });
  const [, writer] = createPipe(true);
  epoll.control(ADD, 5, writer, POLL.POLLIN, 50, 0);
  expect([woken, collect(epoll)]).toEqual([0, []]);
  epoll.control(MOD, 5, writer, POLL.POLLOUT, 51, 0);
  expect([woken, collect(epoll)]).toEqual([1, [[51, POLL.POLLOUT]]]);
});

test('errors and hang-ups are reported unasked', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  epoll.control(ADD, 5, reader, 0, 50, 0);
  writer.release();
  expect(collect(epoll)).toEqual([[50, POLL.POLLHUP]]);
});

test('what is asked wrongly is refused', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  expect(epoll.control(MOD, 5, reader, 0, 0, 0)).toBe(-ERRNO.ENOENT);
  expect(epoll.control(DEL, 5, reader, 0, 0, 0)).toBe(-ERRNO.ENOENT);
  expect(epoll.control(ADD, 5, reader, 0, 0, 0)).toBe(0);
  expect(epoll.control(ADD, 5, reader, 0, 0, 0)).toBe(-ERRNO.EEXIST);
  expect(epoll.control(ADD, 6, writer, 0, 0, 0)).toBe(0);
  expect(epoll.control(DEL, 5, reader, 0, 0, 0)).toBe(0);
  expect(epoll.control(MOD, 5, reader, 0, 0, 0)).toBe(-ERRNO.ENOENT);
});

test('one that is taken out is reported no more', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  epoll.control(ADD, 5, reader, POLL.POLLIN, 50, 0);
  writer.write(BYTE, 0, 1);
  epoll.control(DEL, 5, reader, 0, 0, 0);
  expect(collect(epoll)).toEqual([]);
  epoll.control(ADD, 5, reader, POLL.POLLIN, 51, 0);
  expect(collect(epoll)).toEqual([[51, POLL.POLLIN]]);
});

test('a closed file leaves by itself, and its number may be another’s', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  epoll.control(ADD, 5, reader, POLL.POLLIN, 50, 0);
  writer.write(BYTE, 0, 1);
  reader.release();
  expect(collect(epoll)).toEqual([]);
  const [next, nextWriter] = createPipe(true);
  expect(epoll.control(ADD, 5, next, POLL.POLLIN, 52, 0)).toBe(0);
  nextWriter.write(BYTE, 0, 1);
  expect(collect(epoll)).toEqual([[52, POLL.POLLIN]]);
});

test('with more ready than asked for, everyone has a turn', () => {
  const epoll = new Epoll();
  for (let fd = 0; fd < 5; fd++) {
    const [reader, writer] = createPipe(true);
    epoll.control(ADD, fd, reader, POLL.POLLIN, fd, 0);
    writer.write(BYTE, 0, 1);
  }
  const turns = Array.from({ length: 5 }, () => collect(epoll, 2).map(([data]) => data)).flat();
  expect(turns).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
});

test('an epoll is itself ready when something in it is', () => {
  const epoll = new Epoll();
  const [reader, writer] = createPipe(true);
  epoll.control(ADD, 5, reader, POLL.POLLIN, 50, 0);
  expect(epoll.readiness()).toBe(0);
  writer.write(BYTE, 0, 1);
  expect(epoll.readiness()).toBe(POLL.POLLIN);
  epoll.release();
  writer.write(BYTE, 0, 1);
  expect(collect(epoll)).toEqual([]);
});
