import type { Segment, SegmentEnd } from '../machine.ts';
import type { Capture } from './capture.ts';
import type { Parcel } from './line.ts';
import { ANY_HOST, hostNamed, isLoopback, LOOPBACK, type SocketAddress } from './socket-address.ts';
import type { Socket } from './socket.ts';

/** One direction of a connection, as far as it has been seen. */
interface Direction {
  connection: number;
  from: SegmentEnd;
  to: SegmentEnd;
  /** Bytes seen so far: sent, and, on a line, arrived. */
  sentBytes: number;
  arrivedBytes: number;
  /** Its first segment was lost, so it is sent again. */
  connectLost: boolean;
  ended: boolean;
}

/** What was sent into a line. */
interface Sent {
  segment: Segment;
  /** Uptime in microseconds at which it is sent again, if it was lost. */
  againUs: number | undefined;
}

/**
 * Listens to the network while somebody captures: turns what sockets and lines do into segments. It changes nothing and
 * asks for no time, so a machine does the same with and without it.
 *
 * TCP connections only. What outgoing connections of the launcher do beyond the machine is not seen.
 */
export class Tap {
  readonly #nowUs: () => number;
  readonly #captures = new Set<Capture>();
  #directions = new WeakMap<Socket, Direction>();
  #sent = new WeakMap<Parcel, Sent>();
  #connections = 0;

  constructor(nowUs: () => number) {
    this.#nowUs = nowUs;
  }

  add(capture: Capture): void {
    this.#captures.add(capture);
  }

  /** Returns whether another one goes on. */
  remove(capture: Capture): boolean {
    this.#captures.delete(capture);
    return this.#captures.size > 0;
  }

  /** The machine has been put back: bytes are counted anew, and what has not been taken belongs to another time. */
  restored(): void {
    this.#directions = new WeakMap();
    this.#sent = new WeakMap();
    for (const capture of this.#captures) capture.clear();
  }

  /** A connection is asked for over a link that is slow or cut. */
  connecting(socket: Socket, address: SocketAddress & { family: 'inet' }, target: string, lost: boolean): void {
    const from = endOf(socket.host, socket.local, socket.outside);
    const direction = this.#begin(socket, from, endOf(target, address));
    direction.connectLost = lost;
    this.#note(direction, 'connect', { lost, delayed: true });
  }

  /** A connection stands, on an ideal link or after it has been asked for. */
  connected(client: Socket, server: Socket): void {
    if (client.local?.family !== 'inet') return;
    const known = this.#directions.get(client);
    const ends = [endOf(client.host, client.local, client.outside), endOf(server.host, server.local)] as const;
    const direction = known ?? this.#begin(client, ...ends);
    this.#directions.set(server, { ...direction, from: direction.to, to: direction.from, connectLost: false });
    if (!known || direction.connectLost) this.#note(direction, 'connect', { again: direction.connectLost });
    direction.connectLost = false;
    this.#note(this.#directions.get(server)!, 'connected');
  }

  /** Nobody listens at an address of a host that there is. */
  refused(socket: Socket, address: SocketAddress, target: string): void {
    if (address.family !== 'inet') return;
    const known = this.#directions.get(socket);
    const direction =
      known ?? this.#begin(socket, endOf(socket.host, socket.local, socket.outside), endOf(target, address));
    if (!known || direction.connectLost) this.#note(direction, 'connect', { again: direction.connectLost });
    this.#note({ ...direction, from: direction.to, to: direction.from }, 'refused');
    this.#directions.delete(socket);
  }

  /** Bytes that are there at once. */
  sent(socket: Socket, from: Uint8Array, start: number, count: number): void {
    const direction = this.#directionOf(socket);
    if (direction) this.#data(direction, from.slice(start, start + count));
  }

  /** A socket writes no more. */
  ended(socket: Socket): void {
    const direction = this.#directionOf(socket);
    if (direction) this.#end(direction);
  }

  /** A socket ends its connection with what it has not read. */
  reset(socket: Socket, lost = false): void {
    const direction = this.#directionOf(socket);
    if (direction) this.#note(direction, 'reset', { lost, delayed: lost });
  }

  /** The address that a socket has written to answers for a process that has gone. */
  resetByPeer(socket: Socket): void {
    const direction = this.#directionOf(socket);
    if (!direction) return;
    this.#note({ ...direction, from: direction.to, to: direction.from, sentBytes: 0 }, 'reset');
  }

  /** Something goes into a line. */
  sentInto(socket: Socket, parcel: Parcel, lost: boolean): void {
    const direction = this.#directionOf(socket);
    if (!direction) return;
    let segment: Segment | undefined;
    const how = { lost, delayed: true };
    if (parcel.kind === 'bytes') segment = this.#data(direction, parcel.bytes, how);
    else if (parcel.kind === 'reset') segment = this.#note(direction, 'reset', how);
    else segment = this.#end(direction, how);
    if (segment) this.#sent.set(parcel, { segment, againUs: undefined });
  }

  /** A link is cut under what is on its way. */
  lost(socket: Socket, parcels: readonly Parcel[]): void {
    const direction = this.#directionOf(socket);
    for (const parcel of parcels) {
      const sent = this.#sent.get(parcel);
      if (!direction || !sent || (sent.segment.lost && sent.againUs === undefined)) continue;
      sent.segment = { ...sent.segment, lost: true };
      sent.againUs = undefined;
      const { offset, byteCount } = sent.segment;
      this.#note(direction, 'lost', { offset, byteCount });
    }
  }

  /** A link is whole again: what was lost on it will be sent at this uptime. */
  againAt(parcels: readonly Parcel[], againUs: number): void {
    for (const parcel of parcels) {
      const sent = this.#sent.get(parcel);
      if (sent?.segment.lost) sent.againUs = againUs;
    }
  }

  /** Something comes out of a line. @param taken bytes of it for which there was room */
  arrived(socket: Socket, parcel: Parcel, taken: number): void {
    const direction = this.#directionOf(socket);
    const sent = this.#sent.get(parcel);
    if (!direction || !sent) return;
    if (sent.againUs !== undefined) {
      this.#emit({ ...sent.segment, uptimeMs: sent.againUs / 1000, lost: false, again: true });
      sent.segment = { ...sent.segment, lost: false };
      sent.againUs = undefined;
    }
    if (parcel.kind === 'reset') return;
    const offset = Math.max(direction.arrivedBytes, sent.segment.offset);
    direction.arrivedBytes = offset + taken;
    this.#note(direction, 'arrived', { offset, byteCount: taken });
  }

  #data(direction: Direction, bytes: Uint8Array, how: Partial<Segment> = {}): Segment {
    const offset = direction.sentBytes;
    direction.sentBytes += bytes.length;
    return this.#note(direction, 'data', { bytes, byteCount: bytes.length, offset, ...how });
  }

  /** Undefined if it has been said before: a socket may shut its writing side, and close later. */
  #end(direction: Direction, how: Partial<Segment> = {}): Segment | undefined {
    if (direction.ended) return undefined;
    direction.ended = true;
    return this.#note(direction, 'end', how);
  }

  #note(direction: Direction, kind: Segment['kind'], more: Partial<Segment> = {}): Segment {
    const { connection, from, to, sentBytes } = direction;
    const seen = { uptimeMs: this.#nowUs() / 1000, kind, connection, from, to, offset: sentBytes };
    const plain = { byteCount: 0, bytes: NOTHING, delayed: false, lost: false, again: false };
    const segment: Segment = { ...seen, ...plain, ...more };
    this.#emit(segment);
    return segment;
  }

  #emit(segment: Segment): void {
    for (const capture of this.#captures) if (capture.wants(segment.from, segment.to)) capture.add(segment);
  }

  /** What is known of a socket's direction; one whose connection is older than the capture begins here. */
  #directionOf(socket: Socket): Direction | undefined {
    const known = this.#directions.get(socket);
    if (known) return known;
    const { local, remote, peer } = socket;
    if (local?.family !== 'inet' || remote?.family !== 'inet') return undefined;
    const target = peer?.host ?? (isLoopback(remote.host) ? socket.host : remote.host);
    const from = endOf(socket.host, local, socket.outside);
    const direction = this.#begin(socket, from, endOf(target, remote, peer?.outside));
    if (peer) this.#directions.set(peer, { ...direction, from: direction.to, to: direction.from });
    return direction;
  }

  #begin(socket: Socket, from: SegmentEnd, to: SegmentEnd): Direction {
    const connection = ++this.#connections;
    const direction = { connection, from, to, sentBytes: 0, arrivedBytes: 0, connectLost: false, ended: false };
    this.#directions.set(socket, direction);
    return direction;
  }
}

const NOTHING = new Uint8Array(0);

/** @param address undefined for a socket that has none: it was refused before it needed one */
function endOf(host: string, address: SocketAddress | undefined, outside = false): SegmentEnd {
  const named = hostNamed(host);
  if (address?.family !== 'inet') return { host: named, address: named, port: 0, outside };
  return { host: named, address: address.host === ANY_HOST ? LOOPBACK : address.host, port: address.port, outside };
}
