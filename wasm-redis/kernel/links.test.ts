import { expect, test } from 'vitest';
import { ERRNO, POLL, SHUT } from '../build/abi.ts';
import { Line } from './line.ts';
import { Network, type SocketAddress } from './network.ts';
import { Socket, SOCKET_BUFFER_BYTES } from './socket.ts';

const [A, B, C] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const PORT = 6379;
const SECOND = 1_000_000;

/** A network whose time goes from one alarm to the next. */
class Bench {
  nowUs = 0;
  alarms = 0;
  fraction = 0;
  #alarmUs = Infinity;
  readonly network = new Network(() => undefined, {
    nowUs: () => this.nowUs,
    wakeAt: (uptimeUs) => (this.#alarmUs = Math.min(this.#alarmUs, uptimeUs)),
    fraction: () => this.fraction,
  });

  constructor() {
    for (const host of [A, B, C]) this.network.addHost(host);
  }

  advance(us: number): void {
    const target = this.nowUs + us;
    while (this.#alarmUs <= target) {
      this.nowUs = Math.max(this.nowUs, this.#alarmUs);
      this.#alarmUs = Infinity;
      this.alarms++;
      this.network.run(this.nowUs);
    }
    this.nowUs = target;
  }

  change(from: string, to: string, change: { cut?: boolean; latencyUs?: number; jitterUs?: number }): void {
    this.network.links.makeLine = (...ends) => new Line(...ends);
    this.network.links.change(from, to, change);
  }

  cut(cut = true): void {
    this.change(A, B, { cut });
    this.change(B, A, { cut });
  }

  listen(host: string, address = host): Socket {
    const listener = new Socket(this.network, host);
    expect(this.network.bind(listener, inet(address))).toBe(0);
    expect(this.network.listen(listener, 10)).toBe(0);
    return listener;
  }

  /** A connection from A to a listener on B: both ends. */
  connect(): [client: Socket, server: Socket] {
    const listener = this.listen(B);
    const client = new Socket(this.network, A);
    expect(this.network.connect(client, inet(B))).toBe(0);
    return [client, this.network.accept(listener)!];
  }
}

function inet(host: string, port = PORT): SocketAddress {
  return { family: 'inet', host, port };
}

function send(socket: Socket, text: string): number {
  return socket.write(new TextEncoder().encode(text), 0, text.length);
}

/** What can be read now; a number is the negative errno. */
function receive(socket: Socket): string | number {
  const into = new Uint8Array(100);
  const count = socket.read(into, 0, 100);
  return count < 0 ? count : new TextDecoder().decode(into.subarray(0, count));
}

test('hosts have ports of their own, and addresses by which the other end knows them', () => {
  const bench = new Bench();
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
  const bench = new Bench();
  const listener = bench.listen(A, '127.0.0.1');
  const own = new Socket(bench.network, A);
  expect(bench.network.connect(own, inet('127.0.0.1'))).toBe(0);
  expect(bench.network.accept(listener)!.remote).toMatchObject({ host: '127.0.0.1' });
  expect(bench.network.connect(new Socket(bench.network, B), inet('127.0.0.1'))).toBe(-ERRNO.ECONNREFUSED);
  expect(bench.network.connect(new Socket(bench.network, B), inet(A))).toBe(-ERRNO.ECONNREFUSED);
});

test('an address that is no host’s cannot be reached', () => {
  const { network } = new Bench();
  expect(network.connect(new Socket(network, A), inet('10.9.9.9'))).toBe(-ERRNO.EHOSTUNREACH);
  expect(network.connect(new Socket(network, A), inet(B))).toBe(-ERRNO.ECONNREFUSED);
});

test('the address of another host cannot be bound', () => {
  const { network } = new Bench();
  expect(network.bind(new Socket(network, A), inet(B))).toBe(-ERRNO.EADDRNOTAVAIL);
});

test('without a fault there are no lines, no alarms, and bytes are there at once', () => {
  const bench = new Bench();
  const [client, server] = bench.connect();
  send(client, 'x');
  expect(receive(server)).toBe('x');
  expect([client.line, server.line]).toEqual([undefined, undefined]);
  bench.advance(SECOND);
  expect(bench.alarms).toBe(0);
});

test('what a cut link loses arrives when TCP sends it again after the link is whole', () => {
  const bench = new Bench();
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
  const bench = new Bench();
  const [client, server] = bench.connect();
  bench.change(A, B, { cut: true });
  send(client, 'question');
  send(server, 'news');
  expect(receive(client)).toBe('news');
  bench.advance(10 * SECOND);
  expect(receive(server)).toBe(-ERRNO.EAGAIN);
});

test('other links are not concerned by a cut', () => {
  const bench = new Bench();
  const listener = bench.listen(C);
  bench.cut();
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(C))).toBe(0);
  send(client, 'x');
  expect(receive(bench.network.accept(listener)!)).toBe('x');
});

test('a connection over a cut link hangs, and is made when it is tried again', () => {
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
  bench.change(A, B, { latencyUs: 1000 });
  bench.change(B, A, { latencyUs: 2000 });
  const client = new Socket(bench.network, A);
  expect(bench.network.connect(client, inet(B))).toBe(-ERRNO.EINPROGRESS);
  bench.advance(2999);
  expect(client.state).toBe('connecting');
  bench.advance(1);
  expect(client.takeError()).toBe(-ERRNO.ECONNREFUSED);
});

test('bytes take the time of the link and stay in order, whatever the jitter', () => {
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
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
  const bench = new Bench();
  const [client] = bench.connect();
  bench.cut();
  send(client, 'x');
  bench.advance(924 * SECOND);
  expect(client.pendingError).toBe(0);
  bench.advance(SECOND);
  expect(receive(client)).toBe(-ERRNO.ETIMEDOUT);
});

test('a line holds no more than a socket’s buffer, and tells when there is room', () => {
  const bench = new Bench();
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

test('a listener that closes resets whoever waits over a slow link', () => {
  const bench = new Bench();
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
  const bench = new Bench();
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
