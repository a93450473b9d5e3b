import { spawnSync } from 'node:child_process';

/** The version of the redis-server on the PATH, or nothing if there is none. */
export function nativeVersion(): string | undefined {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  return /v=([\d.]+)/.exec(stdout ?? '')?.[1];
}
