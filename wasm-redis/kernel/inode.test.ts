import { expect, test } from 'vitest';
import { createHost } from '../direct/host.ts';
import { choices } from '../tests/choices.ts';
import { Clock } from './clock.ts';
import { CHUNK_BYTES, FileInode } from './inode.ts';

const clock = new Clock(createHost(), 1000, 0);

test('a file is what was written to it, and after a power failure what was synchronized', () => {
  const { below, bytes } = choices(2);
  for (let round = 0; round < 30; round++) {
    const file = new FileInode(1, 0o644, clock);
    let model: number[] = [];
    let durable: number[] = [];
    const resize = (size: number): void => {
      model = Array.from({ length: size }, (_, at) => model[at] ?? 0);
    };
    for (let step = 0; step < 100; step++) {
      const action = below(10);
      if (action < 6) {
        // Half of all writes append, as a log does; some leave a hole.
        const offset = below(2) ? model.length : below(model.length + 300);
        const written = bytes(below(500));
        file.write(offset, written, 0, written.length);
        if (written.length > 0 && model.length < offset) resize(offset);
        written.forEach((byte, at) => (model[offset + at] = byte));
      } else if (action < 8) {
        const size = below(model.length + 200);
        file.truncate(size);
        resize(size);
      } else if (action === 8) {
        file.sync();
        durable = [...model];
      } else {
        file.revertToDurable();
        model = [...durable];
      }
      expect(file.sizeBytes).toBe(model.length);
      expect([...file.bytes()]).toEqual(model);
    }
  }
});

test('reading stops at the end of the file', () => {
  const file = new FileInode(1, 0o644, clock);
  file.write(0, Uint8Array.of(1, 2, 3), 0, 3);
  const into = new Uint8Array(5);
  expect(file.read(1, into, 1, 4)).toBe(2);
  expect([...into]).toEqual([0, 2, 3, 0, 0]);
  expect(file.read(3, into, 0, 5)).toBe(0);
  expect(file.read(100, into, 0, 5)).toBe(0);
});

test('what it was, put together from changed chunks, is the file', () => {
  const { below, bytes } = choices(3);
  const file = new FileInode(1, 0o644, clock);
  let mirror = new Uint8Array(0);
  for (let step = 0; step < 60; step++) {
    const action = below(8);
    if (action === 0) file.truncate(below(file.sizeBytes + 100_000));
    else if (action === 1) file.sync();
    else if (action === 2) file.revertToDurable();
    else {
      const written = bytes(below(100_000));
      file.write(below(file.sizeBytes + 1), written, 0, written.length);
    }
    if (below(3) > 0) continue;
    const next = new Uint8Array(file.sizeBytes);
    next.set(mirror.subarray(0, next.length));
    for (const index of file.takeChangedChunks()) next.set(file.chunk(index), index * CHUNK_BYTES);
    mirror = next;
    expect(Buffer.compare(mirror, file.bytes())).toBe(0);
    expect(file.changed).toBe(false);
  }
});
