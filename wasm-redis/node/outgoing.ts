import { existsSync } from 'node:fs';
import { connect, type OnReadOpts, type Socket as RealSocket } from 'node:net';
import { ERRNO } from '../build/abi.ts';
import { ANY_HOST, LOOPBACK, type SocketAddress } from '../kernel/socket-address.ts';
import { Socket } from '../kernel/socket.ts';
import { type Ends } from './loopback-connection.ts';

/** Who is on the other side of a machine's connections: this computer only, or anybody. */
export type Side = 'loopback' | 'anywhere';

/**
 * What joins a socket of the machine to the real address that it connects to: the socket is on its way from now on, and
 * becomes connected, or fails with the errno that the real one has failed with.
 *
 * @returns a negative errno if the address cannot be reached: ENETUNREACH for another computer's unless that is
 *   allowed, ENOENT for a Unix socket that is not there
 */
export function outgoingEnds(
  socket: Socket,
  address: SocketAddress,
  destinations: Side,
): Omit<Ends, 'onClose'> | number {
  if (address.family === 'unix') {
    if (!existsSync(address.path)) return -ERRNO.ENOENT;
  } else if (destinations === 'loopback' && !isThisComputer(address.host)) return -ERRNO.ENETUNREACH;
  const bound = socket.local;
  const far = new Socket(socket.network);
  far.peer = socket;
  far.local = socket.remote = address;
  far.state = socket.state = 'connecting';
  socket.peer = far;
  return {
    real: (onread) => openReal(address, bound, onread),
    virtual: () => far,
    onArrival(error, real) {
      if (socket.peer !== far) return; // the process has closed it meanwhile
      far.remote = socket.local = localAddress(address, real);
      if (error) {
        socket.fail(error);
      } else {
        far.establish(socket);
        socket.establish(far);
      }
    },
  };
}

function openReal(to: SocketAddress, from: SocketAddress | undefined, onread: OnReadOpts): RealSocket {
  if (to.family === 'unix') return connect({ path: to.path, onread, allowHalfOpen: true });
  const host = to.host === ANY_HOST ? LOOPBACK : to.host;
  return connect({
    port: to.port,
    ...(from?.family === 'inet' && from.host !== ANY_HOST ? { localAddress: from.host } : {}),
    onread,
    allowHalfOpen: true,
    noDelay: true,
    // Given an address, Node would connect in the next turn of its event loop, which may be far off. A name is looked up
    // at once, and so connected to.
    host: 'localhost',
    family: 4,
    lookup: (_name, _options, found) => found(null, host, 4),
  });
}

function localAddress(to: SocketAddress, real: RealSocket): SocketAddress {
  if (to.family === 'unix') return { family: 'unix', path: '' };
  return { family: 'inet', host: real.localAddress ?? LOOPBACK, port: real.localPort ?? 0 };
}

function isThisComputer(host: string): boolean {
  return host === ANY_HOST || host.startsWith('127.');
}
