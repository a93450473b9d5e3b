/** Where a socket is, as its process sees it: an IPv4 address and a port of TCP, or the path of a Unix socket. */
export type SocketAddress = { family: 'inet'; host: string; port: number } | { family: 'unix'; path: string };

export const LOOPBACK = '127.0.0.1';
export const ANY_HOST = '0.0.0.0';
/** What other hosts call the one that a program runs on unless it is said. */
export const LOCAL_HOST = '10.0.0.254';

/** Whether an IPv4 address is one of a loopback's, which every host has to itself. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

/** The address by which hosts know one: the loopback's stands for the machine's own host. */
export function hostNamed(address: string): string {
  return isLoopback(address) ? LOCAL_HOST : address;
}

/** The host that an IPv4 address leads to, seen from the host `from`. */
export function hostReached(from: string, address: string): string {
  return address === ANY_HOST || isLoopback(address) ? from : address;
}

/** Equal for what is the same place: an address of a host's, or a path, which all hosts share. */
export function addressKey(host: string, address: SocketAddress): string {
  return address.family === 'unix' ? `unix:${address.path}` : `${host} ${address.host}:${address.port}`;
}
