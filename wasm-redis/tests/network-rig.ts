import { expect } from 'vitest';
import { Line } from '../kernel/line.ts';
import { Network } from '../kernel/network.ts';
import type { SocketAddress } from '../kernel/socket-address.ts';
import { Socket } from '../kernel/socket.ts';

export const [A, B, C] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const PORT = 6379;
export const SECOND = 1_000_000;

/** A network of the hosts A, B and C whose time goes from one alarm to the next. */
export class NetworkBench {
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

  /** Moves the time on by microseconds, with every alarm at its own time. */
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

  /** Makes the link in one direction slow, or cuts it. */
  change(from: string, to: string, change: { cut?: boolean; latencyUs?: number; jitterUs?: number }): void {
    this.network.links.makeLine = (...ends) => new Line(...ends);
    this.network.links.change(from, to, change);
  }

  /** Cuts the link between A and B in both directions, or makes it whole again. */
  cut(cut = true): void {
    this.change(A, B, { cut });
    this.change(B, A, { cut });
  }

  /** A listener on a host, at this address of it. */
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

/** The address of a port on a host; port 6379 unless it is said. */
export function inet(host: string, port = PORT): SocketAddress {
  return { family: 'inet', host, port };
}

/** Writes text; returns how many bytes were taken, or a negative errno. */
export function send(socket: Socket, text: string): number {
  return socket.write(new TextEncoder().encode(text), 0, text.length);
}

/** What can be read now; a number is the negative errno. */
export function receive(socket: Socket): string | number {
  const into = new Uint8Array(100);
  const count = socket.read(into, 0, 100);
  return count < 0 ? count : new TextDecoder().decode(into.subarray(0, count));
}
