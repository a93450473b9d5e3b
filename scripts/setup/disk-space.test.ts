import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { requireDiskSpace } from './disk-space.ts';

test('a disk with room passes', async () => {
  await expect(requireDiskSpace(tmpdir(), 1)).resolves.toBeUndefined();
});

test('a disk without room is refused with what was expected and found', async () => {
  await expect(requireDiskSpace(tmpdir(), 1e21)).rejects.toThrow(
    /expected 1000000000000000 MB free in .*, found \d+ MB/,
  );
});
