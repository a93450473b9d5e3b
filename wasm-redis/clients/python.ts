import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Debian's own first: a Python that somebody has put before it on the PATH does not see Debian's packages. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** A Python with redis-py, and the version of that; undefined if there is none. */
export async function findPython(): Promise<{ program: string; redis: string } | undefined> {
  for (const program of PYTHONS) {
    const print = ['-c', 'import redis; print(redis.__version__)'];
    const found = await promisify(execFile)(program, print).catch(() => undefined);
    if (found) return { program, redis: found.stdout.trim() };
  }
  return undefined;
}
