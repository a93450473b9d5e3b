import type { HostAddress, ProcessInfo } from '../../../wasm-redis/machine.ts';
import { reachableHost } from '../node-address.ts';

/** A node that can be looked at. */
export interface Target {
  /** Of its node in the lab, else its address. */
  name: string;
  host: HostAddress;
  port: number;
  kind: 'server' | 'sentinel';
  password?: string;
}

/** What of a lab's node is needed here. */
interface Described {
  description: {
    name: string;
    host: HostAddress;
    port: number;
    kind: 'server' | 'sentinel';
    options: Readonly<Record<string, string>>;
  };
}

/** The cluster bus listens so far from a node's own port. */
const BUS_OFFSET = 10_000;

/**
 * The nodes of a lab in their order, whether they run or not, and then the servers and Sentinels that somebody started
 * beside them, in a shell for example.
 */
export function targetsOf(nodes: readonly Described[], processes: readonly ProcessInfo[]): Target[] {
  const known = nodes.map(({ description: { name, host, port, kind, options } }): Target => {
    const password = options['requirepass'];
    return { name, host, port, kind, ...(password === undefined ? {} : { password }) };
  });
  const isKnown = (host: HostAddress, port: number): boolean =>
    known.some((target) => target.host === host && target.port === port);
  const others = processes.flatMap(({ argv, host, listening }): Target[] => {
    const kind = kindOf(argv);
    const port = listening.find((candidate) => !listening.includes(candidate - BUS_OFFSET));
    if (!kind || port === undefined || isKnown(host, port)) return [];
    return [{ name: `${host}:${String(port)}`, host: reachableHost(host), port, kind }];
  });
  return [...known, ...others];
}

function kindOf(argv: readonly string[]): Target['kind'] | undefined {
  if (argv[0] === 'redis-sentinel') return 'sentinel';
  if (argv[0] !== 'redis-server') return undefined;
  return argv.includes('--sentinel') ? 'sentinel' : 'server';
}
