import { writeSync } from 'node:fs';

const PAUSE_MS = 1;

/**
 * Writes to a stream of this process at once, waiting for a slow reader: what a program has written is out before it
 * ends. False if nobody reads any more.
 */
export function writeStandardOutput(fd: 1 | 2, bytes: Uint8Array): boolean {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return false;
      if (code !== 'EAGAIN') throw error;
      sleep(PAUSE_MS);
    }
  }
  return true;
}

const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread. */
export function sleep(milliseconds: number): void {
  Atomics.wait(nobody, 0, 0, milliseconds);
}
