import { describe, expect, test } from 'vitest';
import { PORT, startServer, utf8 } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Raw TCP connections from outside, with their back-pressure. */
export function describeConnections(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: connections`, () => {
    test('bytes go in and come out, and the end comes as null', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      let received = '';
      const ended = Promise.withResolvers<void>();
      const connection = await machine.connect({ port: PORT }, (bytes) => {
        if (bytes) received += new TextDecoder().decode(bytes);
        else ended.resolve();
      });
      await machine.send(connection, utf8('PING\r\nQUIT\r\n'));
      await ended.promise;
      expect(received).toBe('+PONG\r\n+OK\r\n');
      await expect(machine.send(connection, utf8('PING\r\n'))).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.disconnect(connection);
    });

    test('where nobody listens the connection is refused', async () => {
      const machine = await startMachine();
      await expect(machine.connect({ port: 1 }, () => {})).rejects.toMatchObject({
        code: 'ECONNREFUSED',
        message: 'Nothing listens on 127.0.0.1:1. Is the server running?',
      });
    });

    test('a server sees that its client has disconnected', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const other = await machine.connect({ port: PORT }, () => {});
      await machine.settle();
      expect(await client.call('CLIENT', 'LIST')).toMatch(/^(.*\n){2}$/);
      await machine.disconnect(other);
      await machine.settle();
      expect(await client.call('CLIENT', 'LIST')).toMatch(/^(.*\n){1}$/);
    });

    test('a listener that is slow holds the server back', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      await client.call('SET', 'k', 'x'.repeat(1_000_000));
      let received = 0;
      const total = 3 * ('$1000000\r\n'.length + 1_000_000 + 2);
      const slow = Promise.withResolvers<void>();
      const complete = Promise.withResolvers<void>();
      const connection = await machine.connect({ port: PORT }, (bytes) => {
        received += bytes?.length ?? 0;
        if (received === total) complete.resolve();
        return slow.promise;
      });
      for (let i = 0; i < 3; i++) await machine.send(connection, utf8('GET k\r\n'));
      await machine.settle();
      expect(received).toBeLessThan(1_000_000);
      expect(await client.call('CLIENT', 'LIST')).toMatch(/ omem=[1-9]\d{5,} /);
      slow.resolve();
      await complete.promise;
    });

    test('a reply larger than all buffers arrives whole', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const value = 'x'.repeat(5_000_000);
      await client.call('SET', 'k', value);
      expect(await client.call('GET', 'k')).toBe(value);
    });

    test('sending waits while the server does not read', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const replies: Uint8Array[] = [];
      const connection = await machine.connect({ port: PORT }, (bytes) => void (bytes && replies.push(bytes)));
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      const big = utf8(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2000000\r\n${'x'.repeat(2_000_000)}\r\n`);
      let sent = false;
      const sending = machine.send(connection, big).then(() => (sent = true));
      await machine.settle();
      expect(sent).toBe(false);
      await machine.kill(server.pid, 'SIGCONT');
      await sending;
      await machine.settle();
      expect(replies.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['+OK\r\n']);
    });

    test('what is being sent when the server dies is refused', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const connection = await machine.connect({ port: PORT }, () => {});
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      const sending = machine.send(connection, new Uint8Array(2_000_000));
      const refused = expect(sending).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.kill(server.pid, 'SIGKILL');
      await refused;
    });
  });
}
