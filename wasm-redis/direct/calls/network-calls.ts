import { Connection } from '../../kernel/connection.ts';
import { LOOPBACK } from '../../kernel/socket-address.ts';
import { type Machine, MachineError, type MachineEvent } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';

/** Raw connections, and waiting for somebody who listens. */
export function networkCalls({ kernel, handles, events }: MachineParts) {
  return {
    async listening(port, host = LOOPBACK) {
      const listens = (): true | undefined => kernel.network.isListening(port, host) || undefined;
      if (listens()) return;
      const concerns = ({ type }: MachineEvent): boolean => type === 'listening' || type === 'restored';
      await events.next((event) => (concerns(event) ? listens() : undefined));
    },

    async connect({ host = LOOPBACK, port }, onData, { rewindable = false } = {}) {
      const socket = kernel.connect(host, port);
      const flushSoon = (pending: Connection): void => kernel.flushSoon(pending);
      return handles.addConnection(rewindable, (onEnd) => {
        return new Connection(socket, onData, flushSoon, () => {
          onEnd();
          void onData(null);
        });
      });
    },

    async send(connection, bytes) {
      const known = handles.connection(connection);
      if (!known) throw new MachineError('EPIPE', 'The connection is closed.');
      await known.send(bytes);
    },

    async disconnect(connection) {
      handles.connection(connection)?.close();
    },
  } satisfies Partial<Machine>;
}
