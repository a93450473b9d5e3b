import { describe, expect, test } from 'vitest';
import { spawn, startServer } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Signals, as kill(2) and a scheduler treat them. */
export function describeSignals(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: signals`, () => {
    test('SIGTERM lets a server save and say goodbye', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--save', '3600 1');
      await (await server.client()).call('SET', 'k', 'v');
      await machine.kill(server.pid, 'SIGTERM');
      await machine.advance(200);
      expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
      expect(server.log()).toContain('Redis is now ready to exit, bye bye...');
      expect((await machine.listFiles('/data')).map(({ path }) => path)).toEqual(['/data/dump.rdb']);
    });

    test('SIGINT ends a server as Ctrl-C does', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGINT');
      await machine.advance(200);
      expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
      expect(server.log()).toContain('Received SIGINT scheduling shutdown');
    });

    test('SIGKILL ends a process at once', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--save', '3600 1');
      await (await server.client()).call('SET', 'k', 'v');
      await machine.kill(server.pid, 'SIGKILL');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      expect(await machine.listFiles('/data')).toEqual([]);
      expect(await machine.processes()).toEqual([]);
    });

    test('a signal that a program does not handle ends it, one that it ignores does not', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGHUP');
      await machine.advance(1000);
      expect(await machine.processes()).toHaveLength(1);
      await machine.kill(server.pid, 'SIGUSR1');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGUSR1' });
    });

    test('a stopped process does nothing until it is continued', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      let answered = false;
      const pong = client.call('PING').finally(() => (answered = true));
      await machine.advance(5000);
      expect(answered).toBe(false);
      expect((await machine.processes())[0]!.state).toBe('stopped');
      await machine.kill(server.pid, 'SIGCONT');
      expect(await pong).toBe('PONG');
    });

    test('a stopped process can be killed', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGSTOP');
      await machine.kill(server.pid, 'SIGKILL');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    });

    test('a signal to a process that has gone is no error', async () => {
      const machine = await startMachine();
      const { pid, exited } = await spawn(machine, { argv: ['redis-cli', '--version'] });
      await exited;
      await machine.kill(pid, 'SIGTERM');
      await machine.kill(4711, 'SIGKILL');
    });
  });
}
