import { expect, test } from 'vitest';
import { crc16, hashTag, keySlot } from './key-slot.ts';

test('the checksum is that of the Redis Cluster specification', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x31c3);
});

test.each([
  ['foo', 12182],
  ['', 0],
  ['{user1000}.following', 3443],
  ['{user1000}.followers', 3443],
])('the slot of %j is %d', (key, slot) => {
  expect(keySlot(key)).toBe(slot);
});

test('what is hashed follows the specification’s own examples', () => {
  expect(hashTag('foo{}{bar}')).toBe('foo{}{bar}');
  expect(hashTag('foo{{bar}}zap')).toBe('{bar');
  expect(hashTag('foo{bar}{zap}')).toBe('bar');
});
