import { describe, expect, test } from 'vitest';
import type { Machine } from '../../machine.ts';
import { PORT, startServer, utf8 } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Power failure, repetition from a seed, disposal. */
export function describeEnd(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: the end`, () => {
    test('a power failure ends every process and takes back what was not fsynced', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'no');
      const client = await server.client();
      await client.call('SET', 'k', 'v');
      await machine.powerFailure();
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      await client.ended;
      const again = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'no');
      expect(await (await again.client()).call('GET', 'k')).toBe(null);
    });

    test('the same seed and clock give the same run, byte for byte', async () => {
      const record = async (seed: number): Promise<unknown> => {
        const machine = await startMachine({ seed });
        const server = await startServer(machine, '--appendonly', 'yes');
        const client = await server.client();
        const replies = [];
        for (const command of ['XADD s * f v', 'SRANDMEMBER set 3', 'ACL GENPASS', 'TIME', 'INFO', 'CLIENT LIST']) {
          await client.call('SADD', 'set', 'a', 'b', 'c', 'd', 'e', 'f');
          replies.push(await client.call(...command.split(' ')));
          await machine.advance(777);
        }
        await client.call('BGSAVE');
        await machine.advance(500);
        const files = [];
        for (const file of await machine.listFiles('/')) files.push([file, await machine.readFile(file.path)]);
        // Used CPU is the host's measure, and INFO shows it.
        return JSON.stringify([replies, server.log(), files]).replace(/used_cpu_[a-z_]+:[\d.]+/g, '');
      };
      const first = await record(7);
      expect(await record(7)).toBe(first);
      expect(await record(8)).not.toBe(first);
    });

    test('a machine that was disposed of ends its processes and refuses every call', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const never = machine.listening(1);
      const refusedWait = expect(never).rejects.toMatchObject({ code: 'EDISPOSED' });
      await machine.dispose();
      await machine.dispose();
      await refusedWait;
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      await client.ended;
      const size = { columns: 80, rows: 24 };
      const calls: Record<Exclude<keyof Machine, 'dispose'>, () => Promise<unknown>> = {
        spawn: () => machine.spawn({ argv: ['redis-cli'] }),
        kill: () => machine.kill(server.pid, 'SIGTERM'),
        exited: () => machine.exited(server.pid),
        processes: () => machine.processes(),
        listening: () => machine.listening(PORT),
        writeStdin: () => machine.writeStdin(server.pid, utf8('x')),
        closeStdin: () => machine.closeStdin(server.pid),
        waitForInput: () => machine.waitForInput(server.pid, 1),
        connect: () => machine.connect({ port: PORT }, () => {}),
        send: () => machine.send(1, utf8('x')),
        disconnect: () => machine.disconnect(1),
        openTerminal: () => machine.openTerminal(size, () => {}),
        type: () => machine.type(1, utf8('x')),
        takeTyped: () => machine.takeTyped(1),
        resizeTerminal: () => machine.resizeTerminal(1, size),
        closeTerminal: () => machine.closeTerminal(1),
        readFile: () => machine.readFile('/f'),
        writeFile: () => machine.writeFile('/f', utf8('x')),
        removeFile: () => machine.removeFile('/f'),
        listFiles: () => machine.listFiles('/'),
        appendFile: () => machine.appendFile('/f', utf8('x')),
        rename: () => machine.rename('/f', '/g'),
        makeFolder: () => machine.makeFolder('/h'),
        listFolder: () => machine.listFolder('/'),
        clock: () => machine.clock(),
        elapsed: () => machine.elapsed(1),
        setClockRate: () => machine.setClockRate(1),
        advance: () => machine.advance(1),
        advanceToNext: () => machine.advanceToNext('timer', 1),
        jump: () => machine.jump(1),
        settle: () => machine.settle(),
        save: () => machine.save(),
        restore: () => machine.restore(1),
        saves: () => machine.saves(),
        dropSave: () => machine.dropSave(1),
        capture: () => machine.capture(),
        captured: () => machine.captured(1),
        endCapture: () => machine.endCapture(1),
        inject: () => machine.inject({ type: 'heal' }),
        faults: () => machine.faults(),
        powerFailure: () => machine.powerFailure(),
        subscribe: () => machine.subscribe(() => {}),
      };
      for (const [method, call] of Object.entries(calls)) {
        await expect(call(), method).rejects.toMatchObject({ code: 'EDISPOSED' });
      }
    });
  });
}
