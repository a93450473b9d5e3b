import { expect, test } from 'vitest';
import { ERRNO, POLL } from '../build/abi.ts';
import { A, B, C, inet, NetworkBench, receive, SECOND, send } from '../tests/network-rig.ts';
import { Socket } from './socket.ts';

test('hosts have ports of their own, and addresses by which the other end knows them', () => {
  const bench = new NetworkBench();
  bench.listen(A, '0.0.0.0');
  const listener = bench.listen(B, '0.0.0.0');
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(B))).toBe(0);
  const server = bench.network.accept(listener)!;
  expect(client.local).toMatchObject({ host: A });
  expect(server.local).toEqual(inet(B));
  expect(server.remote).toEqual(client.local);
  expect(client.remote).toEqual(inet(B));
});

test('the loopback leads to one’s own host', () => {
  const bench = new NetworkBench();
  const listener = bench.listen(A, '127.0.0.1');
  const own = new Socket(bench.network, A);
  expect(bench.network.connect(own, inet('127.0.0.1'))).toBe(0);
  expect(bench.network.accept(listener)!.remote).toMatchObject({ host: '127.0.0.1' });
  expect(bench.network.connect(new Socket(bench.network, B), inet('127.0.0.1'))).toBe(-ERRNO.ECONNREFUSED);
  expect(bench.network.connect(new Socket(bench.network, B), inet(A))).toBe(-ERRNO.ECONNREFUSED);
});

test('an address that is no host’s cannot be reached', () => {
  const { network } = new NetworkBench();
  expect(network.connect(new Socket(network, A), inet('10.9.9.9'))).toBe(-ERRNO.EHOSTUNREACH);
  expect(network.connect(new Socket(network, A), inet(B))).toBe(-ERRNO.ECONNREFUSED);
});

test('the address of another host cannot be bound', () => {
  const { network } = new NetworkBench();
  expect(network.bind(new Socket(network, A), inet(B))).toBe(-ERRNO.EADDRNOTAVAIL);
});

test('without a fault there are no lines, no alarms, and bytes are there at once', () => {
  const bench = new NetworkBench();
  const [client, server] = bench.connect();
  send(client, 'x');
  expect(receive(server)).toBe('x');
  expect([client.line, server.line]).toEqual([undefined, undefined]);
  bench.advance(SECOND);
  expect(bench.alarms).toBe(0);
});

test('other links are not concerned by a cut', () => {
  const bench = new NetworkBench();
  const listener = bench.listen(C);
  bench.cut();
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(C))).toBe(0);
  send(client, 'x');
  expect(receive(bench.network.accept(listener)!)).toBe('x');
});

test('a connection over a cut link hangs, and is made when it is tried again', () => {
  const bench = new NetworkBench();
  const listener = bench.listen(B);
  bench.change(B, A, { cut: true });
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(B))).toBe(-ERRNO.EINPROGRESS);
  bench.advance(1.5 * SECOND);
  expect([client.state, client.readiness()]).toEqual(['connecting', 0]);
  bench.cut(false);
  bench.advance(1.4 * SECOND);
  expect(client.state).toBe('connecting');
  bench.advance(0.1 * SECOND);
  expect(client.state).toBe('connected');
  send(client, 'x');
  expect(receive(bench.network.accept(listener)!)).toBe('x');
});

test('a connection that nobody lets through is given up after 127 s', () => {
  const bench = new NetworkBench();
  bench.listen(B);
  bench.cut();
  const client = new Socket(bench.network, A);
  bench.network.connect(client, inet(B));
  bench.advance(127 * SECOND - 1);
  expect(client.state).toBe('connecting');
  bench.advance(1);
  expect(client.readiness() & POLL.POLLERR).not.toBe(0);
  expect(client.takeError()).toBe(-ERRNO.ETIMEDOUT);
});

test('a connection that is given up by its owner is not made later', () => {
  const bench = new NetworkBench();
  const listener = bench.listen(B);
  bench.cut();
  const client = new Socket(bench.network, A);
  bench.network.connect(client, inet(B));
  client.release();
  bench.cut(false);
  bench.advance(10 * SECOND);
  expect(bench.network.accept(listener)).toBe(undefined);
});

test('over a slow link a refusal takes the way there and back', () => {
  const bench = new NetworkBench();
  bench.change(A, B, { latencyUs: 1000 });
  bench.change(B, A, { latencyUs: 2000 });
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(B))).toBe(-ERRNO.EINPROGRESS);
  bench.advance(2999);
  expect(client.state).toBe('connecting');
  bench.advance(1);
  expect(client.takeError()).toBe(-ERRNO.ECONNREFUSED);
});

test('a listener that closes resets whoever waits over a slow link', () => {
  const bench = new NetworkBench();
  bench.change(A, B, { latencyUs: 1000 });
  const listener = bench.listen(B);
  const client = new Socket(bench.network, A);
  bench.network.connect(client, inet(B));
  bench.advance(1000);
  expect(client.state).toBe('connected');
  listener.release();
  expect(client.pendingError).toBe(-ERRNO.ECONNRESET);
});

test('a link that has been healed costs nothing again', () => {
  const bench = new NetworkBench();
  const [client] = bench.connect();
  bench.cut();
  expect(bench.network.links.paths.map(({ from, to }) => [from, to])).toEqual([
    [A, B],
    [B, A],
  ]);
  bench.cut(false);
  expect(bench.network.links.paths).toEqual([]);
  expect(client.line).toBe(undefined);
});
