import { statfs } from 'node:fs/promises';
import { SetupError } from '../build-engine/run.ts';

/** What the source, the objects, the site and the logs of the tests take, generously. In bytes. */
export const DISK_NEEDED = 400e6;

/** Throws `SetupError` unless this many bytes are free where the folder lies. */
export async function requireDiskSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const mb = (value: number): string => `${Math.round(value / 1e6)} MB`;
  throw new SetupError(
    `the disk is too full: expected ${mb(bytes)} free in ${folder}, found ${mb(free)}. Make room and try again.`,
  );
}
