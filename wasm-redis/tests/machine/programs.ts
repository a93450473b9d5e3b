import { describe, expect, test } from 'vitest';
import type { MachineEvent } from '../../machine.ts';
import { PORT, run, spawn, startServer, utf8 } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Programs and processes: starting, listing, listening, ending. */
export function describePrograms(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: programs`, () => {
    test('a program runs to its end and its output arrives', async () => {
      const machine = await startMachine();
      const { stdout, stderr, status } = await run(machine, ['redis-cli', '--version']);
      expect({ stdout, stderr, status }).toEqual({
        stdout: expect.stringMatching(/^redis-cli \d+\.\d+\.\d+\n$/),
        stderr: '',
        status: { kind: 'exit', code: 0 },
      });
    });

    test.each(['redis-server', 'redis-benchmark', 'redis-sentinel'] as const)(
      '%s says its version',
      async (program) => {
        const machine = await startMachine();
        const { stdout, status } = await run(machine, [program, '--version']);
        expect(stdout).toMatch(/\d+\.\d+\.\d+/);
        expect(status).toEqual({ kind: 'exit', code: 0 });
      },
    );

    test.each(['redis-check-rdb', 'redis-check-aof'] as const)(
      '%s without a file says how to use it',
      async (program) => {
        const machine = await startMachine();
        const { stdout, stderr, status } = await run(machine, [program]);
        expect(stdout + stderr).toMatch(/^Usage: redis-check-/);
        expect(status).toEqual({ kind: 'exit', code: 1 });
      },
    );

    test('a bad option ends the program with its own message and status 1', async () => {
      const machine = await startMachine();
      const { stderr, stdout, status } = await run(machine, ['redis-server', '--no-such-option', 'x']);
      expect(stdout + stderr).toContain('Bad directive or wrong number of arguments');
      expect(status).toEqual({ kind: 'exit', code: 1 });
    });

    test('an unknown program is refused, and the message names those that exist', async () => {
      const machine = await startMachine();
      const argv = ['vim'] as unknown as ['redis-cli'];
      await expect(machine.spawn({ argv })).rejects.toMatchObject({
        code: 'ENOENT',
        message: expect.stringMatching(/^vim: .*redis-server, redis-sentinel, redis-cli/),
      });
    });

    test('a program gets its environment and its folder, which is made', async () => {
      const machine = await startMachine();
      const argv = ['redis-server', '--requirepass', 'secret', '--save', '3600 1'] as const;
      const server = await spawn(machine, { argv, cwd: '/made/for/it' });
      await machine.listening(PORT);
      const wrong = await run(machine, ['redis-cli', 'PING']);
      expect(wrong.stdout).toBe('NOAUTH Authentication required.\n\n');
      const right = await run(machine, ['redis-cli', 'PING'], { env: { REDISCLI_AUTH: 'secret' } });
      expect(right).toMatchObject({ stdout: 'PONG\n', stderr: '' });
      await run(machine, ['redis-cli', 'SAVE'], { env: { REDISCLI_AUTH: 'secret' } });
      expect((await machine.listFiles('/')).map(({ path }) => path)).toEqual(['/made/for/it/dump.rdb']);
      await machine.kill(server.pid, 'SIGKILL');
    });

    test('a folder that is a file is refused', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/file', utf8('x'));
      await expect(machine.spawn({ argv: ['redis-cli'], cwd: '/data/file' })).rejects.toMatchObject({
        code: 'ENOTDIR',
        message: expect.stringContaining('/data/file'),
      });
    });

    test('processes are listed with what they do', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.settle();
      expect(await machine.processes()).toEqual([
        {
          pid: server.pid,
          argv: expect.arrayContaining(['redis-server', '--port', '6379']),
          host: '10.0.0.254',
          state: 'waiting',
          memoryBytes: expect.any(Number),
          listening: [PORT],
        },
      ]);
      const [info] = await machine.processes();
      expect(info!.memoryBytes % 65536).toBe(0);
      expect(info!.memoryBytes).toBeGreaterThan(1024 * 1024);
    });

    test('listening resolves when somebody listens, and at once if somebody does', async () => {
      const machine = await startMachine();
      const later = machine.listening(7000);
      await machine.spawn({ argv: ['redis-server', '--port', '7000', ...KEEP_NOTHING] });
      await later;
      await machine.listening(7000);
    });

    test('a port that is taken ends the second server with its own message', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { stdout, status } = await run(machine, ['redis-server', '--port', String(PORT)]);
      expect(stdout).toContain('Failed listening on port 6379 (TCP), aborting.');
      expect(status).toEqual({ kind: 'exit', code: 1 });
    });

    test('exited tells of a process that has gone, as often as asked', async () => {
      const machine = await startMachine();
      const { pid } = await spawn(machine, { argv: ['redis-cli', '--version'] });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      await expect(machine.exited(99999)).rejects.toMatchObject({ code: 'ESRCH' });
    });

    test('what happens to processes is told, in order', async () => {
      const machine = await startMachine();
      const events: MachineEvent[] = [];
      await machine.subscribe((event) => void events.push(event));
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGKILL');
      await server.exited;
      expect(events.map(({ type }) => type)).toEqual(['started', 'listening', 'closed', 'exited']);
      expect(events).toEqual(Array(4).fill(expect.objectContaining({ pid: server.pid })));
      expect(events[1]).toMatchObject({ port: PORT });
      expect(events[3]).toMatchObject({ status: { kind: 'signal', signal: 'SIGKILL' } });
    });
  });
}
