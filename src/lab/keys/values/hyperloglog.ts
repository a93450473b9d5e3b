import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { Command } from '../command-text.ts';

/** A string that PFADD has made, as `hyperloglog.c` lays it out. */
export interface HyperLogLog {
  encoding: 'dense' | 'sparse';
  /** The count that PFCOUNT gave last. */
  cachedCount: bigint;
  /** Whether it still holds: PFADD marks it as old when a register has changed. */
  cacheIsValid: boolean;
  /** How many of the 16384 registers have which value, by value: the longest run of zeros seen, and 1. */
  registers: ReadonlyMap<number, number>;
}

export const REGISTERS = 16_384;
const HEADER_BYTES = 16;
/** A dense one: 16384 registers of six bits. */
export const DENSE_BYTES = HEADER_BYTES + (REGISTERS * 6) / 8;

/** Whether a string begins as a HyperLogLog does, and is not longer than one can be. */
export function looksLikeHyperLogLog(beginning: Uint8Array, length: number): boolean {
  const [h, y, l, second, encoding] = beginning;
  const magic = h === 0x48 && y === 0x59 && l === 0x4c && second === 0x4c;
  return magic && (encoding === 0 || encoding === 1) && length >= HEADER_BYTES && length <= DENSE_BYTES;
}

/** Reads all of it. Undefined if the registers are not those of a HyperLogLog: PFCOUNT will call it corrupted. */
export function readHyperLogLog(bytes: Uint8Array): HyperLogLog | undefined {
  if (!looksLikeHyperLogLog(bytes, bytes.length)) return undefined;
  const encoding = bytes[4] === 0 ? 'dense' : 'sparse';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cached = view.getBigUint64(8, true);
  const body = bytes.subarray(HEADER_BYTES);
  const registers = encoding === 'dense' ? countDense(body) : countSparse(body);
  if (!registers) return undefined;
  const old = cached >> 63n === 1n;
  return { encoding, cachedCount: cached & ((1n << 63n) - 1n), cacheIsValid: !old, registers };
}

export function hyperLogLogCommands(key: Argument): Command[] {
  return [['GETRANGE', key, 0, DENSE_BYTES - 1]];
}

export function countCommand(key: Argument): Command[] {
  return [['PFCOUNT', key]];
}

export function addElement(key: Argument, element: Uint8Array): Command[] {
  return [['PFADD', key, element]];
}

function countDense(body: Uint8Array): Map<number, number> | undefined {
  if (body.length !== DENSE_BYTES - HEADER_BYTES) return undefined;
  const counts = new Map<number, number>();
  for (let register = 0; register < REGISTERS; register++) {
    const bit = register * 6;
    const word = body[bit >> 3]! | ((body[(bit >> 3) + 1] ?? 0) << 8);
    add(counts, (word >> (bit & 7)) & 63, 1);
  }
  return counts;
}

/** Runs: 00xxxxxx zeros, 01xxxxxx yyyyyyyy many zeros, 1vvvvvxx registers of one value. */
function countSparse(body: Uint8Array): Map<number, number> | undefined {
  const counts = new Map<number, number>();
  let registers = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body[at]!;
    let value = 0;
    let run = (code & 63) + 1;
    if (code >= 0x80) {
      value = ((code >> 2) & 31) + 1;
      run = (code & 3) + 1;
    } else if (code >= 0x40) {
      at++;
      run = (((code & 63) << 8) | (body[at] ?? 0)) + 1;
    }
    add(counts, value, run);
    registers += run;
  }
  return registers === REGISTERS ? counts : undefined;
}

function add(counts: Map<number, number>, value: number, many: number): void {
  counts.set(value, (counts.get(value) ?? 0) + many);
}
