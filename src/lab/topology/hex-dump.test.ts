import { expect, test } from 'vitest';
import { hexDump } from './hex-dump.ts';

test('bytes are printed as xxd prints them', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('REDIS0010\xfa'), 0, 0xff, 0x7f, 0x20, 0x41, 0x42, 0x43]);
  expect(hexDump(bytes)).toBe(
    '00000000: 5245 4449 5330 3031 30c3 ba00 ff7f 2041  REDIS0010..... A\n' +
      '00000010: 4243                                     BC',
  );
});

test('a part of a file has the offsets of the file, and nothing is nothing', () => {
  expect(hexDump(new Uint8Array([1]), 512)).toBe('00000200: 01                                       .');
  expect(hexDump(new Uint8Array())).toBe('');
});
