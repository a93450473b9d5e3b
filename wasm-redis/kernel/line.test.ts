import { expect, test } from 'vitest';
import { ERRNO, POLL, SHUT } from '../build/abi.ts';
import { A, B, NetworkBench, receive, SECOND, send } from '../tests/network-rig.ts';
import { SOCKET_BUFFER_BYTES } from './socket.ts';

test('what a cut link loses arrives when TCP sends it again after the link is whole', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.cut();
  expect(send(client, 'lost ')).toBe(5);
  bench.advance(2 * SECOND);
  expect(send(client, 'too')).toBe(3);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
  bench.cut(false);
  // Sent again after 0.2, 0.6, 1.4 and 3.0 s.
  bench.advance(SECOND - 1);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
  bench.advance(1);
  expect(receive(server)).toBe('lost too');
  send(client, 'x');
  expect(receive(server)).toBe('x');
  expect([client.line, server.line]).toEqual([undefined, undefined]);
});

test('a link that is cut in one direction carries what goes in the other', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.change(A, B, { cut: true });
  send(client, 'question');
  send(server, 'news');
  expect(receive(client)).toBe('news');
  bench.advance(10 * SECOND);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
});

test('bytes take the time of the link and stay in order, whatever the jitter', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.change(A, B, { latencyUs: 1000, jitterUs: 500 });
  bench.fraction = 0.8;
  send(client, 'first ');
  bench.advance(100);
  bench.fraction = 0;
  send(client, 'second');
  bench.advance(1299);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
  bench.advance(1);
  expect(receive(server)).toBe('first second');
});

test('the end of a connection comes after what was sent before it', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.change(A, B, { latencyUs: 1000 });
  send(client, 'bye');
  client.release();
  expect(server.readiness() & POLL.POLLIN).toBe(0);
  bench.advance(1000);
  expect(receive(server)).toBe('bye');
  expect(receive(server)).toBe('');
  expect(server.readiness() & POLL.POLLHUP).not.toBe(0);
});

test('an end that is shut over a slow link can still read', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.change(A, B, { latencyUs: 1000 });
  client.shutdown(SHUT.SHUT_WR);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
  bench.advance(1000);
  expect(receive(server)).toBe('');
  send(server, 'x');
  expect(receive(client)).toBe('x');
});

test('the end of a process behind a cut link is not seen until the link is whole', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.cut();
  client.release();
  bench.advance(10 * SECOND);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
  bench.cut(false);
  bench.advance(10 * SECOND);
  expect(receive(server)).toBe('');
});

test('who writes to an end that reset behind a cut link is told when the link is whole', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  send(server, 'unread');
  bench.cut();
  client.release();
  send(server, 'x');
  bench.advance(SECOND);
  expect(server.pendingError).toBe(0);
  bench.cut(false);
  bench.advance(SECOND);
  expect(receive(server)).toBe(-ERRNO.ECONNRESET);
});

test('what is never confirmed ends the connection after a quarter of an hour', () => {
  const bench = new NetworkBench();
  const [client] = bench.connect();
  bench.cut();
  send(client, 'x');
  bench.advance(924 * SECOND);
  expect(client.pendingError).toBe(0);
  bench.advance(SECOND);
  expect(receive(client)).toBe(-ERRNO.ETIMEDOUT);
});

test('a line holds no more than a socket’s buffer, and tells when there is room', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  bench.change(A, B, { latencyUs: 1000 });
  const much = new Uint8Array(SOCKET_BUFFER_BYTES + 10);
  expect(client.write(much, 0, much.length)).toBe(SOCKET_BUFFER_BYTES);
  expect(client.write(much, 0, 1)).toBe(-ERRNO.EAGAIN);
  expect(client.readiness() & POLL.POLLOUT).toBe(0);
  let woken = 0;
  client.watch({ notify: () => woken++ });
  bench.advance(1000);
  expect(woken).toBe(1);
  expect(client.write(much, 0, much.length)).toBe(SOCKET_BUFFER_BYTES);
  bench.advance(1000);
  // The receiver is full now; it goes on where it has stopped once that has read.
  expect(server.received.length).toBe(SOCKET_BUFFER_BYTES);
  server.read(new Uint8Array(1000), 0, 1000);
  expect(server.received.length).toBe(SOCKET_BUFFER_BYTES);
  expect(client.readiness() & POLL.POLLOUT).not.toBe(0);
});
