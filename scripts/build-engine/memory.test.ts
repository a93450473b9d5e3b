import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { C_STANDARD, COMPILE_FLAGS, FILE_FLAGS, NATIVE_FLAGS } from '../../wasm-redis/native/recipe.ts';
import { NATIVE } from './places.ts';
import { findToolchain } from './toolchain.ts';

/** What memory.c takes over from libc, as a module of its own. */
interface MemoryModule {
  memory: WebAssembly.Memory;
  memcpy: (to: number, from: number, n: number) => number;
  memmove: (to: number, from: number, n: number) => number;
  memset: (to: number, byte: number, n: number) => number;
  memcmp: (a: number, b: number, n: number) => number;
  strcasecmp: (a: number, b: number) => number;
}

/** Beyond the limits of every branch: 1, 2, 4, 8, 16 and 32 bytes. */
const LENGTHS = Array.from({ length: 71 }, (_, n) => n);
const BASE = 4096;

let folder: string;
let wasm: MemoryModule;
let bytes: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memory-'));
  const module = join(folder, 'memory.wasm');
  const { compile } = await findToolchain();
  await compile([
    ...[...COMPILE_FLAGS, C_STANDARD, ...NATIVE_FLAGS, ...(FILE_FLAGS['memory.c'] ?? [])],
    ...['-sSTANDALONE_WASM=1', '--no-entry'],
    ...['memcpy', 'memmove', 'memset', 'memcmp', 'strcasecmp'].map((name) => `-Wl,--export=${name}`),
    ...[join(NATIVE, 'memory.c'), '-o', module],
  ]);
  const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
  wasm = instance.exports as unknown as MemoryModule;
  bytes = new Uint8Array(wasm.memory.buffer, BASE, 512);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Every byte its own, up to 251. */
const pattern = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + 3) % 251);

test('memmove copies every length as if through a second place, at every overlap', () => {
  for (const n of LENGTHS)
    for (let shift = -40; shift <= 40; shift++) {
      bytes.set(pattern(512));
      const expected = pattern(512).copyWithin(200 + shift, 200, 200 + n);
      expect(wasm.memmove(BASE + 200 + shift, BASE + 200, n)).toBe(BASE + 200 + shift);
      if (Buffer.compare(bytes, expected) !== 0) expect.fail(`${n} bytes, moved by ${shift}`);
    }
});

test('memcpy copies every length from and to every alignment, and nothing beside', () => {
  for (const n of LENGTHS)
    for (let from = 0; from < 8; from++)
      for (let to = 0; to < 8; to++) {
        bytes.set(pattern(512));
        const expected = pattern(512).copyWithin(300 + to, 100 + from, 100 + from + n);
        expect(wasm.memcpy(BASE + 300 + to, BASE + 100 + from, n)).toBe(BASE + 300 + to);
        if (Buffer.compare(bytes, expected) !== 0) expect.fail(`${n} bytes, from ${from} to ${to}`);
      }
});

test('memset fills every length with the low byte of its argument', () => {
  for (const n of LENGTHS)
    for (const byte of [0, 1, 0x80, 0xff, 0x1ab, -2]) {
      bytes.set(pattern(512));
      const expected = pattern(512).fill(byte & 0xff, 101, 101 + n);
      expect(wasm.memset(BASE + 101, byte, n)).toBe(BASE + 101);
      if (Buffer.compare(bytes, expected) !== 0) expect.fail(`${n} bytes of ${byte}`);
    }
});

test('memcmp orders by the first byte that differs, as unsigned', () => {
  for (const n of LENGTHS) {
    bytes.set(pattern(256), 1);
    bytes.set(pattern(256), 256);
    expect(wasm.memcmp(BASE + 1, BASE + 256, n)).toBe(0);
    for (let at = 0; at < n; at++) {
      const [lower, higher] = [0x7f, 0x80];
      bytes.set(pattern(256), 1);
      bytes.set(pattern(256), 256);
      [bytes[1 + at], bytes[256 + at]] = [lower, higher];
      // What comes later must not count.
      if (at + 1 < n) [bytes[1 + at + 1], bytes[256 + at + 1]] = [255, 0];
      expect(Math.sign(wasm.memcmp(BASE + 1, BASE + 256, n)), `${n} bytes, byte ${at}`).toBe(-1);
      expect(Math.sign(wasm.memcmp(BASE + 256, BASE + 1, n)), `${n} bytes, byte ${at}`).toBe(1);
    }
  }
});

test('strcasecmp takes no notice of the case of A to Z, and of nothing else', () => {
  const compare = (a: string, b: string) => {
    bytes.set(Buffer.from(`${a}\0`, 'latin1'), 0);
    bytes.set(Buffer.from(`${b}\0`, 'latin1'), 256);
    return Math.sign(wasm.strcasecmp(BASE, BASE + 256));
  };
  const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  for (let code = 1; code < 256; code++)
    for (let other = 1; other < 256; other++) {
      const [a, b] = [String.fromCharCode(code), String.fromCharCode(other)];
      const expected = Math.sign(lower(a).charCodeAt(0) - lower(b).charCodeAt(0));
      if (compare(`get${a}`, `GET${b}`) !== expected) expect.fail(`bytes ${code} and ${other}`);
    }
  expect([compare('', ''), compare('a', ''), compare('', 'a'), compare('GET', 'gets')]).toEqual([0, 1, -1, -1]);
});
