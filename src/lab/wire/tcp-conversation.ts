import type { Segment } from '../../../wasm-redis/machine.ts';
import type { TimedPacket } from './pcap-file.ts';
import { encodePacket, TCP, type TcpPacket } from './tcp-packet.ts';

/** What fits in one packet: Ethernet's between hosts, the loopback's within one. */
const MSS_ETHERNET = 1460;
const MSS_LOOPBACK = 65_495;
/** Where a connection's sequence numbers begin; any number would do, and the two ends shall differ. */
const FIRST_SEQUENCE = { client: 1_000_000, server: 2_000_000 } as const;
/** Of a client that was refused before it needed a port: one of those that nobody gets by itself. */
const REFUSED_PORT = 61_000;
const REFUSED_PORTS = 4000;

type Role = 'client' | 'server';

/** What one end has sent and got. */
interface End {
  /** Sequence number of its byte 0. */
  base: number;
  /** Bytes that it has sent, and whether it has sent its FIN. */
  sentBytes: number;
  finished: boolean;
  /** What it has got of the other, in bytes, and whether it has got its FIN. */
  gotBytes: number;
  gotEnd: boolean;
  /** What it has got since its last packet: TCP answers by itself every second packet, or its bytes in one. */
  owedPackets: number;
  owedBytes: number;
}

/**
 * Turns the segments of one connection, in order, into the packets that TCP would have sent: handshake, data in packets of
 * the usual size, acknowledgements at every second one, the end. A connection that is older than the capture begins in
 * the middle, as in any capture; bytes that the capture dropped are missing, and their sequence numbers with them.
 */
export class TcpConversation {
  readonly #epochUs: number;
  readonly #emit: (packet: TimedPacket) => void;
  readonly #ends: Record<Role, End> = { client: newEnd('client'), server: newEnd('server') };
  #clientPort: number | undefined;
  #packets = 0;

  /** @param epochUs what uptime 0 is, microseconds since the Unix epoch */
  constructor(epochUs: number, emit: (packet: TimedPacket) => void) {
    this.#epochUs = epochUs;
    this.#emit = emit;
  }

  add(segment: Segment): void {
    const role = this.#roleOf(segment);
    switch (segment.kind) {
      case 'connect':
        this.#clientPort = segment.from.port;
        this.#send(segment, 'client', TCP.SYN, { syn: true });
        break;
      case 'connected':
        this.#send(segment, 'server', TCP.SYN | TCP.ACK, { syn: true });
        this.#send(reversed(segment), 'client', TCP.ACK);
        break;
      case 'refused':
        this.#send(segment, 'server', TCP.RST | TCP.ACK, { sequence: 0 });
        break;
      case 'data':
        this.#data(segment, role);
        break;
      case 'end':
        this.#send(segment, role, TCP.FIN | TCP.ACK, { offset: segment.offset });
        this.#ends[role].sentBytes = Math.max(this.#ends[role].sentBytes, segment.offset);
        this.#ends[role].finished = true;
        if (!segment.delayed) this.#got(segment, role, segment.offset, true);
        break;
      case 'reset':
        this.#send(segment, role, TCP.RST | TCP.ACK);
        break;
      case 'arrived':
        this.#got(segment, role, segment.offset + segment.byteCount, segment.byteCount === 0);
        break;
      case 'lost':
        break;
    }
  }

  #data(segment: Segment, role: Role): void {
    const { bytes, offset } = segment;
    const size = segment.from.host === segment.to.host ? MSS_LOOPBACK : MSS_ETHERNET;
    for (let at = 0; at < bytes.length; at += size) {
      const payload = bytes.subarray(at, at + size);
      const push = at + size >= bytes.length ? TCP.PSH : 0;
      this.#send(segment, role, TCP.ACK | push, { offset: offset + at, payload });
      this.#ends[role].sentBytes = Math.max(this.#ends[role].sentBytes, offset + at + payload.length);
      if (!segment.delayed) this.#got(segment, role, offset + at + payload.length, false);
    }
  }

  /** The other end has got this much, and perhaps the end; it says so at every second packet and at the end. */
  #got(segment: Segment, sender: Role, bytes: number, end: boolean): void {
    const receiver = otherOf(sender);
    const state = this.#ends[receiver];
    state.owedBytes += Math.max(0, bytes - state.gotBytes);
    state.owedPackets++;
    state.gotBytes = Math.max(state.gotBytes, bytes);
    state.gotEnd ||= end && this.#ends[sender].finished;
    if (state.owedPackets >= 2 || state.owedBytes >= 2 * MSS_ETHERNET || state.gotEnd)
      this.#send(reversed(segment), receiver, TCP.ACK);
  }

  #send(
    segment: Segment,
    role: Role,
    flags: number,
    more: { offset?: number; payload?: Uint8Array; syn?: boolean; sequence?: number } = {},
  ): void {
    const [end, other] = [this.#ends[role], this.#ends[otherOf(role)]];
    const { offset, payload = NOTHING, syn = false } = more;
    const next = end.base + end.sentBytes + (end.finished ? 1 : 0);
    const loopback = segment.from.host === segment.to.host;
    const packet: TcpPacket = {
      from: segment.from.address,
      to: segment.to.address,
      fromPort: this.#portOf(segment, role, 'from'),
      toPort: this.#portOf(segment, role, 'to'),
      sequence: more.sequence ?? (syn ? end.base - 1 : offset === undefined ? next : end.base + offset),
      flags: flags & ~TCP.ACK,
      payload,
      identification: ++this.#packets,
      ...(syn ? { maximumSegment: loopback ? MSS_LOOPBACK : MSS_ETHERNET } : {}),
      ...(flags & TCP.ACK ? { acknowledged: other.base + end.gotBytes + (end.gotEnd ? 1 : 0) } : {}),
    };
    end.owedPackets = end.owedBytes = 0;
    this.#emit({ atUs: this.#epochUs + Math.round(segment.uptimeMs * 1000), bytes: encodePacket(packet) });
  }

  #portOf({ from, to, connection }: Segment, role: Role, end: 'from' | 'to'): number {
    const { port } = end === 'from' ? from : to;
    if (port !== 0) return port;
    const isClient = (end === 'from') === (role === 'client');
    return (isClient && this.#clientPort) || REFUSED_PORT + (connection % REFUSED_PORTS);
  }

  /** Who asked for the connection; of one whose beginning was not seen, the end with the higher port. */
  #roleOf({ kind, from, to }: Segment): Role {
    if (kind === 'connect') return 'client';
    if (kind === 'connected' || kind === 'refused') return 'server';
    this.#clientPort ??= Math.max(from.port, to.port);
    return from.port === this.#clientPort ? 'client' : 'server';
  }
}

const NOTHING = new Uint8Array(0);

function newEnd(role: Role): End {
  return {
    base: FIRST_SEQUENCE[role],
    sentBytes: 0,
    finished: false,
    gotBytes: 0,
    gotEnd: false,
    owedPackets: 0,
    owedBytes: 0,
  };
}

function otherOf(role: Role): Role {
  return role === 'client' ? 'server' : 'client';
}

function reversed(segment: Segment): Segment {
  return { ...segment, from: segment.to, to: segment.from };
}
