import type { HostAddress, ProcessInfo } from '../../../wasm-redis/machine.ts';

/** A server whose keys can be looked at. */
export interface KeyServer {
  /** Of its node in a lab, else its address. */
  name: string;
  host: HostAddress;
  port: number;
}

/** What of a lab gives servers their names. */
interface NamedNode {
  description: { name: string; host: HostAddress; port: number };
}

/** What listens beside a server's own port, and is no server: the cluster bus. */
const BUS_OFFSET = 10_000;

/**
 * The Redis servers among a machine's processes, Sentinels left out, in the order of their addresses. Those of a lab have
 * the names of its nodes; others, as one that was started in a shell, that of their address.
 */
export function serversOf(processes: readonly ProcessInfo[], nodes: readonly NamedNode[] = []): KeyServer[] {
  return processes
    .filter(({ argv }) => argv[0] === 'redis-server' && !argv.includes('--sentinel'))
    .flatMap(({ host, listening }) => {
      const ports = listening.filter((port) => !listening.includes(port - BUS_OFFSET));
      return ports.slice(0, 1).map((port): KeyServer => ({ name: nameOf(host, port, nodes), host, port }));
    })
    .sort((one, other) => order.compare(`${one.host}:${one.port}`, `${other.host}:${other.port}`));
}

const order = new Intl.Collator('en', { numeric: true });

function nameOf(host: HostAddress, port: number, nodes: readonly NamedNode[]): string {
  const node = nodes.find(({ description }) => description.host === host && description.port === port);
  return node?.description.name ?? `${host}:${port}`;
}
