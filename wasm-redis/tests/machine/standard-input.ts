import { describe, expect, test } from 'vitest';
import { run, spawn, startServer, utf8 } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Standard input, given whole or as it comes. */
export function describeStandardInput(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: standard input`, () => {
    test('input given whole is read to its end', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { stdout } = await run(machine, ['redis-cli'], { stdin: utf8('SET k v\nGET k\n') });
      expect(stdout).toBe('OK\nv\n');
    });

    test('input may be larger than a pipe', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const value = 'x'.repeat(300_000);
      const { stdout } = await run(machine, ['redis-cli', '-x', 'SET', 'k'], { stdin: utf8(value) });
      expect(stdout).toBe('OK\n');
      expect((await run(machine, ['redis-cli', 'STRLEN', 'k'])).stdout).toBe('300000\n');
    });

    test('open input is written as it comes and ended by closing', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
      await machine.writeStdin(cli.pid, utf8('SET k v\n'));
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
      expect(cli.output.stdout).toBe('OK\n');
      await machine.closeStdin(cli.pid);
      expect(await cli.exited).toEqual({ kind: 'exit', code: 0 });
    });

    test('writing waits while the program does not read', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli', '-x', 'SET', 'k'], stdin: 'open' });
      await machine.kill(cli.pid, 'SIGSTOP');
      let written = false;
      const writing = machine.writeStdin(cli.pid, new Uint8Array(200_000)).then(() => (written = true));
      await machine.settle();
      expect(written).toBe(false);
      await machine.kill(cli.pid, 'SIGCONT');
      await writing;
      await machine.closeStdin(cli.pid);
      await cli.exited;
      expect(await (await server.client()).call('STRLEN', 'k')).toBe(200_000);
    });

    test('a process without open input, or none, cannot be written to', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await expect(machine.writeStdin(server.pid, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.closeStdin(server.pid)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.writeStdin(4711, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
    });

    test('writing to a program that ends meanwhile is refused', async () => {
      const machine = await startMachine();
      const cli = await spawn(machine, { argv: ['redis-cli', '-x', 'SET', 'k'], stdin: 'open' });
      await machine.kill(cli.pid, 'SIGSTOP');
      const writing = machine.writeStdin(cli.pid, new Uint8Array(200_000));
      const refused = expect(writing).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.kill(cli.pid, 'SIGKILL');
      await refused;
    });

    test('waiting for input ends with the time limit, which a standing clock is moved to', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
      await machine.writeStdin(cli.pid, utf8('BLPOP q 10\n'));
      const before = await machine.clock();
      expect(await machine.waitForInput(cli.pid, 3000)).toBe(false);
      expect((await machine.clock()).nowMs - before.nowMs).toBe(3000);
      expect(await machine.waitForInput(cli.pid, 60_000)).toBe(true);
      expect((await machine.clock()).nowMs - before.nowMs).toBeLessThan(11_000);
      expect(cli.output.stdout).toBe('\n');
    });

    test('waiting for input of a process that has gone is over', async () => {
      const machine = await startMachine();
      const cli = await spawn(machine, { argv: ['redis-cli', '--version'] });
      await cli.exited;
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
    });
  });
}
