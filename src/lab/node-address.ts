import type { HostAddress } from '../../wasm-redis/machine.ts';
import type { NodeAddress } from './lab-view.ts';

/** What other hosts call the machine's own; to itself it is 127.0.0.1. */
const OWN_HOST = '10.0.0.254';

/**
 * One name for each node, whoever speaks of it: a loopback address is that of the speaker's host.
 *
 * @param speaker host of the node that says so
 */
export function addressSaidBy(speaker: HostAddress, host: string, port: number | string): NodeAddress {
  return `${isLoopback(host) ? ownName(speaker) : host}:${port}`;
}

/** The address of a node by its description. */
export function addressOf({ host, port }: { host: HostAddress; port: number }): NodeAddress {
  return addressSaidBy(host, host, port);
}

/** Where a node is reached from the machine's own host. Its protected mode lets only a loopback address in. */
export function reachableHost(host: HostAddress): HostAddress {
  return host === OWN_HOST ? '127.0.0.1' : host;
}

function ownName(host: HostAddress): HostAddress {
  return isLoopback(host) ? OWN_HOST : host;
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === 'localhost';
}
