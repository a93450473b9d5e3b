import { expect, test } from 'vitest';
import { ERRNO, POLL, SHUT } from '../build/abi.ts';
import { Network } from './network.ts';
import type { SocketAddress } from './socket-address.ts';
import { Socket, SOCKET_BUFFER_BYTES } from './socket.ts';

const BYTES = Uint8Array.from([1, 2, 3, 4, 5]);

function inet(port: number, host = '127.0.0.1'): SocketAddress {
  return { family: 'inet', host, port };
}

function listen(network: Network, address: SocketAddress, backlog = 10): Socket {
  const listener = new Socket(network);
  expect(network.bind(listener, address)).toBe(0);
  expect(network.listen(listener, backlog)).toBe(0);
  return listener;
}

/** A connection: the client's end and the server's. */
function connect(network: Network, listener: Socket, address = inet(80)): [client: Socket, server: Socket] {
  const client = new Socket(network);
  expect(network.connect(client, address)).toBe(0);
  return [client, network.accept(listener)!];
}

function create(): { network: Network; events: string[] } {
  const events: string[] = [];
  const network = new Network((socket, open) => {
    const { local } = socket;
    events.push(`${open ? 'open' : 'closed'} ${local?.family === 'inet' ? local.port : local?.path}`);
  });
  return { network, events };
}

test('a port is taken once, and free again when its listener is closed', () => {
  const { network, events } = create();
  const listener = listen(network, inet(80));
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    expect(network.bind(new Socket(network), inet(80, host))).toBe(-ERRNO.EADDRINUSE);
  }
  expect(network.isListening(80)).toBe(true);
  listener.release();
  expect(network.isListening(80)).toBe(false);
  listen(network, inet(80));
  expect(events).toEqual(['open 80', 'closed 80', 'open 80']);
});

test('an address that is not the machine’s cannot be bound', () => {
  const { network } = create();
  expect(network.bind(new Socket(network), inet(80, '10.0.0.1'))).toBe(-ERRNO.EADDRNOTAVAIL);
});

test('where nobody listens a connection is refused', () => {
  const { network } = create();
  const client = new Socket(network);
  expect(network.connect(client, inet(80))).toBe(-ERRNO.ECONNREFUSED);
  expect(network.connect(new Socket(network), { family: 'unix', path: '/s' })).toBe(-ERRNO.ENOENT);
});

test('both ends know both addresses', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80, '0.0.0.0')));
  expect(client.remote).toEqual(inet(80));
  expect(server.local).toEqual(inet(80));
  expect(server.remote).toEqual(client.local);
  expect(network.connect(client, inet(80))).toBe(-ERRNO.EISCONN);
});

test('bytes go both ways and wait to be read', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  expect(client.write(BYTES, 1, 3)).toBe(3);
  expect(server.write(BYTES, 0, 2)).toBe(2);
  const into = new Uint8Array(10);
  expect(server.read(into, 0, 10)).toBe(3);
  expect([...into.subarray(0, 3)]).toEqual([2, 3, 4]);
  expect(server.read(into, 0, 10)).toBe(-ERRNO.EAGAIN);
  expect(client.read(into, 0, 1)).toBe(1);
  expect(client.readiness()).toBe(POLL.POLLIN | POLL.POLLOUT);
});

test('a writer waits when the buffer is full and is told when there is room', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  const much = new Uint8Array(SOCKET_BUFFER_BYTES + 10);
  expect(client.write(much, 0, much.length)).toBe(SOCKET_BUFFER_BYTES);
  expect(client.write(much, 0, 1)).toBe(-ERRNO.EAGAIN);
  expect(client.readiness() & POLL.POLLOUT).toBe(0);
  let woken = 0;
  client.watch({ notify: () => woken++ });
  server.read(new Uint8Array(100), 0, 100);
  expect(woken).toBe(1);
  expect(client.readiness() & POLL.POLLOUT).not.toBe(0);
});

test('after a close the other end reads what is left and then the end', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  client.write(BYTES, 0, 5);
  client.release();
  expect(server.read(new Uint8Array(10), 0, 10)).toBe(5);
  expect(server.read(new Uint8Array(10), 0, 10)).toBe(0);
  expect(server.readiness() & POLL.POLLHUP).not.toBe(0);
});

test('the first write to an end that has gone still leaves, the next is an error', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  client.release();
  expect(server.write(BYTES, 0, 5)).toBe(5);
  expect(server.write(BYTES, 0, 5)).toBe(-ERRNO.EPIPE);
});

test('closing with unread bytes resets the connection', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  server.write(BYTES, 0, 5);
  client.release();
  expect(server.readiness() & POLL.POLLERR).not.toBe(0);
  expect(server.read(new Uint8Array(10), 0, 10)).toBe(-ERRNO.ECONNRESET);
  expect(server.read(new Uint8Array(10), 0, 10)).toBe(0);
  expect(server.write(BYTES, 0, 5)).toBe(-ERRNO.EPIPE);
});

test('an end that is shut for writing can still read', () => {
  const { network } = create();
  const [client, server] = connect(network, listen(network, inet(80)));
  expect(client.shutdown(SHUT.SHUT_WR)).toBe(0);
  expect(client.write(BYTES, 0, 5)).toBe(-ERRNO.EPIPE);
  expect(server.read(new Uint8Array(1), 0, 1)).toBe(0);
  expect(server.write(BYTES, 0, 5)).toBe(5);
  expect(client.read(new Uint8Array(9), 0, 9)).toBe(5);
  expect(new Socket(network).shutdown(SHUT.SHUT_WR)).toBe(-ERRNO.ENOTCONN);
});

test('beyond the backlog a connection is under way until one before it is accepted', () => {
  const { network } = create();
  const listener = listen(network, inet(80), 2);
  const clients = Array.from({ length: 4 }, () => new Socket(network));
  expect(clients.map((client) => network.connect(client, inet(80)))).toEqual([
    0,
    0,
    -ERRNO.EINPROGRESS,
    -ERRNO.EINPROGRESS,
  ]);
  expect(clients.map(({ state }) => state)).toEqual(['connected', 'connected', 'connecting', 'connecting']);
  expect(clients[2]!.write(BYTES, 0, 5)).toBe(-ERRNO.EAGAIN);
  expect(clients[2]!.readiness()).toBe(0);
  network.accept(listener);
  expect(clients.map(({ state }) => state)).toEqual(['connected', 'connected', 'connected', 'connecting']);
});

test('one that gives up before it was let in is never accepted', () => {
  const { network } = create();
  const listener = listen(network, inet(80), 1);
  const [first, second, third] = [new Socket(network), new Socket(network), new Socket(network)];
  for (const client of [first, second, third]) network.connect(client, inet(80));
  second.release();
  expect(network.accept(listener)?.peer).toBe(first);
  expect(third.state).toBe('connected');
  expect(network.accept(listener)?.peer).toBe(third);
  expect(network.accept(listener)).toBe(undefined);
});

test('a listener that closes resets whoever was not accepted yet', () => {
  const { network } = create();
  const listener = listen(network, inet(80), 1);
  const [waiting, connecting] = [new Socket(network), new Socket(network)];
  network.connect(waiting, inet(80));
  network.connect(connecting, inet(80));
  listener.release();
  expect(waiting.read(new Uint8Array(1), 0, 1)).toBe(-ERRNO.ECONNRESET);
  expect(connecting.readiness() & POLL.POLLERR).not.toBe(0);
  expect(connecting.takeError()).toBe(-ERRNO.ECONNRESET);
});

test('ports of clients are given out again when they are free', () => {
  const { network } = create();
  const listener = listen(network, inet(80));
  const ports = new Set<number>();
  for (let i = 0; i < 60_000; i++) {
    const [client, server] = connect(network, listener);
    if (client.local?.family === 'inet') ports.add(client.local.port);
    client.release();
    server.release();
  }
  expect([Math.min(...ports), Math.max(...ports), ports.size]).toEqual([32768, 60999, 28232]);
});

test('a socket that listens without a port gets one', () => {
  const { network } = create();
  const listener = new Socket(network);
  expect(network.listen(listener, 1)).toBe(0);
  expect(listener.local).toEqual({ family: 'inet', host: '0.0.0.0', port: 32768 });
  expect(network.listen(listener, 1)).toBe(-ERRNO.EINVAL);
  expect(network.portsOf([listener])).toEqual([32768]);
});

test('a Unix socket is found by its path', () => {
  const { network, events } = create();
  const address: SocketAddress = { family: 'unix', path: '/tmp/s' };
  const [client, server] = connect(network, listen(network, address), address);
  client.write(BYTES, 0, 5);
  expect(server.read(new Uint8Array(9), 0, 9)).toBe(5);
  expect(events).toEqual(['open /tmp/s']);
});
