import type { LabNodeDescription, Topology } from './topology.ts';

/** The machine's own host, as it calls itself. */
export const OWN_HOST = '127.0.0.1';
const SERVER_PORT = 6379;
const SENTINEL_PORT = 26379;

/** A node on the host 10.0.0.`number`. */
export function node(
  kind: LabNodeDescription['kind'],
  number: number,
  name: string,
  more: Partial<LabNodeDescription> = {},
): LabNodeDescription {
  const port = kind === 'server' ? SERVER_PORT : SENTINEL_PORT;
  return { name, kind, host: `10.0.0.${number}`, port, options: {}, files: {}, data: [], ...more };
}

/**
 * One server on the machine's own host, where `redis-cli` without options finds it. `maxmemory` has a value because this is a
 * 32-bit build, for which Redis would announce a limit of 3 GB; 64 MB is room enough for every lesson and little enough for
 * a phone. No snapshots by time (`save`): a lesson that is not about persistence would otherwise fork when it moves the
 * clock by an hour.
 *
 * @param options further words of its command line
 */
export function single(options: readonly string[] = []): Topology {
  const args = ['--port', `${SERVER_PORT}`, '--maxmemory', '64mb', '--save', '', ...options];
  return { nodes: [{ ...node('server', 1, 'redis-1'), host: OWN_HOST, args }] };
}
