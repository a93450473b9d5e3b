import { type BoundSocket, type OnReadOpts, type Server, Socket } from 'node:net';

/** What Node keeps to itself of a socket, and has kept for ten years. */
interface Owner {
  _handle?: { fd?: number } | null;
}

/** The descriptor of a socket, a pipe or a listener; -1 if there is none (closed; Windows). */
export function descriptorOf(socket: Socket | Server): number {
  return (socket as Owner)._handle?.fd ?? -1;
}

/**
 * A socket in the place of another one that reads into a given buffer, and not into 64 KB of its own at every read: for
 * small commands that garbage was a fifth of the launcher's time. Servers do not offer the option, sockets do, so the
 * connection gets a new socket. It begins to read.
 *
 * @param given must not have read anything: accepted with `pauseOnConnect`, or made in this turn of the event loop
 * @param onread the buffer, and who is told how many bytes are in it; they stay there only for the call
 */
export function adopt(given: Socket, onread: OnReadOpts): Socket {
  const owner = given as Owner;
  const handle = owner._handle;
  owner._handle = null;
  // A handle of this kind is what sockets have always been made from; the documented one is newer.
  return new Socket({ handle: handle as unknown as BoundSocket, onread, allowHalfOpen: true });
}
