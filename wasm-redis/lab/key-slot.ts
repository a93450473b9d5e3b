import { SLOTS } from './topology.ts';

const encoder = new TextEncoder();

/** CRC16 in the form that Redis Cluster uses (XMODEM: polynomial 0x1021, from 0). */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

/** What of a key is hashed: the part between the first `{` and the next `}`, if there is one and it is not empty. */
export function hashTag(key: string): string {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open + 1);
  return open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key;
}

/** The slot of a key. */
export function keySlot(key: string): number {
  return crc16(encoder.encode(hashTag(key))) % SLOTS;
}
