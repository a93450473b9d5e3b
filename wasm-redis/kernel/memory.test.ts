import { expect, test } from 'vitest';
import { LinearMemory, MemoryFault } from './memory.ts';

function create(): { memory: LinearMemory; wasm: WebAssembly.Memory } {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: 3 });
  const memory = new LinearMemory();
  memory.attach(wasm);
  return { memory, wasm };
}

test('numbers of every width are written and read', () => {
  const { memory } = create();
  memory.setInt32(0, -5);
  memory.setUint32(4, 0xffff_fffe);
  memory.setInt16(8, -3);
  memory.setUint8(10, 255);
  memory.setInt64(16, -(2 ** 40) - 1);
  expect([
    memory.getInt32(0),
    memory.getUint32(4),
    memory.getInt16(8),
    memory.getUint16(8),
    memory.getUint8(10),
  ]).toEqual([-5, 0xffff_fffe, -3, 0xfffd, 255]);
  expect(new DataView(memory.bytes.buffer).getBigInt64(16, true)).toBe(-(2n ** 40n) - 1n);
});

test('strings end with a zero', () => {
  const { memory } = create();
  expect(memory.writeString(100, 'né')).toBe(4);
  expect([...memory.copy(100, 4)]).toEqual([110, 0xc3, 0xa9, 0]);
  expect(memory.string(100)).toBe('né');
  memory.bytes.fill(1);
  expect(() => memory.string(100)).toThrow(MemoryFault);
});

test('a pointer outside is a fault and never another’s memory', () => {
  const { memory } = create();
  expect(memory.range(65536, 0)).toBe(65536);
  for (const [pointer, count] of [
    [65536, 1],
    [-1, 1],
    [65530, 10],
    [0, -1],
    [-65536, 65536],
  ] as const) {
    expect(() => memory.range(pointer, count), `${count} at ${pointer}`).toThrow(MemoryFault);
  }
  expect(() => memory.getInt32(65533)).toThrow(MemoryFault);
  expect(() => memory.write(65530, new Uint8Array(7))).toThrow(MemoryFault);
});

test('memory that has grown is seen', () => {
  const { memory, wasm } = create();
  memory.setUint8(5, 7);
  wasm.grow(1);
  memory.refresh();
  memory.setUint8(65536 + 5, 8);
  expect([memory.getUint8(5), memory.getUint8(65536 + 5), memory.bytes.length]).toEqual([7, 8, 131072]);
});

test('memory is not there before it is attached', () => {
  expect(() => new LinearMemory().refresh()).toThrow('before its memory was attached');
});
