/** The flags of a TCP header that are used here. */
export const TCP = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16 } as const;

const IP_HEADER_BYTES = 20;
const TCP_HEADER_BYTES = 20;
/** Options in the first packet of each side: how many bytes it takes in one, and by what its window is shifted. */
const OPTION_BYTES = 8;
const WINDOW = 65535;
const WINDOW_SHIFT = 3;
const TTL = 64;
const PROTOCOL_TCP = 6;
const DO_NOT_FRAGMENT = 0x4000;

export interface TcpPacket {
  /** Dotted IPv4. */
  from: string;
  to: string;
  fromPort: number;
  toPort: number;
  sequence: number;
  /** What is expected next of the other side; undefined without ACK. */
  acknowledged?: number;
  flags: number;
  payload: Uint8Array;
  /** In a SYN: the maximum segment size. */
  maximumSegment?: number;
  /** Counts the packets of a sender: the identification of the IP header. */
  identification: number;
}

/** An IPv4 packet with a TCP segment in it, both with right checksums. Numbers beyond their field wrap around. */
export function encodePacket(packet: TcpPacket): Uint8Array {
  const optionBytes = packet.maximumSegment === undefined ? 0 : OPTION_BYTES;
  const tcpBytes = TCP_HEADER_BYTES + optionBytes + packet.payload.length;
  const bytes = new Uint8Array(IP_HEADER_BYTES + tcpBytes);
  const view = new DataView(bytes.buffer);
  const [from, to] = [addressBytes(packet.from), addressBytes(packet.to)];

  view.setUint8(0, 0x45);
  view.setUint16(2, bytes.length);
  view.setUint16(4, packet.identification & 0xffff);
  view.setUint16(6, DO_NOT_FRAGMENT);
  view.setUint8(8, TTL);
  view.setUint8(9, PROTOCOL_TCP);
  bytes.set(from, 12);
  bytes.set(to, 16);
  view.setUint16(10, checksum(bytes.subarray(0, IP_HEADER_BYTES)));

  const tcp = IP_HEADER_BYTES;
  view.setUint16(tcp, packet.fromPort);
  view.setUint16(tcp + 2, packet.toPort);
  view.setUint32(tcp + 4, packet.sequence >>> 0);
  view.setUint32(tcp + 8, (packet.acknowledged ?? 0) >>> 0);
  view.setUint8(tcp + 12, ((TCP_HEADER_BYTES + optionBytes) / 4) << 4);
  view.setUint8(tcp + 13, packet.flags | (packet.acknowledged === undefined ? 0 : TCP.ACK));
  view.setUint16(tcp + 14, packet.flags & TCP.RST ? 0 : WINDOW);
  if (packet.maximumSegment !== undefined) {
    view.setUint16(tcp + TCP_HEADER_BYTES, 0x0204);
    view.setUint16(tcp + TCP_HEADER_BYTES + 2, packet.maximumSegment);
    view.setUint32(tcp + TCP_HEADER_BYTES + 4, 0x01030300 + WINDOW_SHIFT);
  }
  bytes.set(packet.payload, tcp + TCP_HEADER_BYTES + optionBytes);
  view.setUint16(tcp + 16, checksum(bytes.subarray(tcp), pseudoHeader(from, to, tcpBytes)));
  return bytes;
}

function addressBytes(address: string): Uint8Array {
  return Uint8Array.from(address.split('.'), Number);
}

/** What TCP's checksum covers besides the segment. */
function pseudoHeader(from: Uint8Array, to: Uint8Array, tcpBytes: number): Uint8Array {
  return Uint8Array.of(...from, ...to, 0, PROTOCOL_TCP, tcpBytes >> 8, tcpBytes & 255);
}

/** The Internet checksum (RFC 1071) of two parts, the second of an even length. */
function checksum(bytes: Uint8Array, more: Uint8Array = new Uint8Array(0)): number {
  let sum = 0;
  for (const part of [more, bytes]) {
    for (let at = 0; at < part.length; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}
