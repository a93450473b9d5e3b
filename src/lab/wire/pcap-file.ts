/** A packet with the time at which it passed. */
export interface TimedPacket {
  /** Microseconds since the Unix epoch. */
  atUs: number;
  bytes: Uint8Array;
}

const FILE_HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const SNAPSHOT_BYTES = 262_144;
/** LINKTYPE_RAW: packets begin with their IP header. */
const LINK_TYPE_RAW = 101;

/** A capture file as tcpdump writes it (classic pcap 2.4, little endian, raw IP). */
export function encodePcap(packets: readonly TimedPacket[]): Uint8Array<ArrayBuffer> {
  const size = packets.reduce((sum, { bytes }) => sum + PACKET_HEADER_BYTES + bytes.length, FILE_HEADER_BYTES);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC_MICROSECONDS, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAPSHOT_BYTES, true);
  view.setUint32(20, LINK_TYPE_RAW, true);
  let at = FILE_HEADER_BYTES;
  for (const { atUs, bytes } of packets) {
    view.setUint32(at, Math.floor(atUs / 1e6), true);
    view.setUint32(at + 4, Math.floor(atUs % 1e6), true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, bytes.length, true);
    file.set(bytes, at + PACKET_HEADER_BYTES);
    at += PACKET_HEADER_BYTES + bytes.length;
  }
  return file;
}
