import { describe, expect, test } from 'vitest';
import { type ConnectionId, type Machine, type MachineEvent, type MachineOptions } from '../machine.ts';
import { encodePipeline } from '../resp/encode.ts';
import { EPOCH_MS, PORT, run, spawn, startServer, utf8, watch } from './rig.ts';
import { Screen } from './screen.ts';

const SIZE = { columns: 80, rows: 24 };
const decoder = new TextDecoder();

/** A raw connection, and whether it has ended. */
interface Wire {
  id: ConnectionId;
  received: string;
  ended: boolean;
}

async function open(machine: Machine, rewindable = false): Promise<Wire> {
  const wire: Wire = { id: 0, received: '', ended: false };
  const onData = (bytes: Uint8Array | null): void => {
    if (bytes) wire.received += decoder.decode(bytes);
    else wire.ended = true;
  };
  wire.id = await machine.connect({ port: PORT }, onData, { rewindable });
  return wire;
}

const send = async (machine: Machine, { id }: Wire, ...command: string[]): Promise<void> => {
  await machine.send(id, encodePipeline([command]));
  await machine.settle();
};

/** What saving means to those outside, told of any `Machine`. */
export function describeSaves(name: string, start: (options: Partial<MachineOptions>) => Promise<Machine>): void {
  const startMachine = (): Promise<Machine> => start({ seed: 1, epochMs: EPOCH_MS, clockRate: 0 });

  describe(`${name}: saves`, () => {
    test('files, processes and time are what they were', async () => {
      const machine = await startMachine();
      const server = await startServer(machine);
      await run(machine, ['redis-cli', 'SET', 'k', 'before']);
      await machine.writeFile('/notes/a', utf8('before'));
      const save = await machine.save('before the kill');
      expect(save).toMatchObject({ label: 'before the kill', uptimeMs: 0, nowMs: EPOCH_MS });
      await run(machine, ['redis-cli', 'SET', 'k', 'after']);
      await machine.writeFile('/notes/a', utf8('after'));
      await machine.writeFile('/notes/b', utf8('new'));
      await machine.kill(server.pid, 'SIGKILL');
      await machine.advance(5000);
      expect(await machine.exited(server.pid)).toMatchObject({ signal: 'SIGKILL' });
      await machine.restore(save.id);
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS, uptimeMs: 0, rate: 0 });
      expect((await machine.processes()).map(({ pid }) => pid)).toEqual([server.pid]);
      expect((await machine.listFiles('/notes')).map(({ path }) => path)).toEqual(['/notes/a']);
      expect(decoder.decode(await machine.readFile('/notes/a'))).toBe('before');
      expect((await run(machine, ['redis-cli', 'GET', 'k'])).stdout).toBe('before\n');
      await machine.kill(server.pid, 'SIGTERM');
      await machine.advance(1000);
      expect(await machine.exited(server.pid)).toEqual({ kind: 'exit', code: 0 });
      expect(server.log()).toMatch(/User requested shutdown/);
    });

    test('a program in a terminal goes on, and its screen is painted as it was', async () => {
      const machine = await startMachine();
      await startServer(machine);
      const screen = new Screen(SIZE.columns);
      const terminal = await machine.openTerminal(SIZE, (bytes) => screen.write(bytes));
      const cli = await machine.spawn({ argv: ['redis-cli'], terminal });
      await machine.type(terminal, utf8('SET k one\rGET k'));
      await machine.settle();
      const save = await machine.save();
      const { text } = screen;
      await machine.type(terminal, utf8('\rSET k two\rQUIT\r'));
      await machine.settle();
      expect(screen.text).not.toBe(text);
      const inTerminal = async (): Promise<number[]> =>
        (await machine.processes()).filter((process) => process.terminal === terminal).map(({ pid }) => pid);
      expect(await inTerminal()).toEqual([]);
      await machine.restore(save.id);
      expect(await inTerminal()).toEqual([cli]);
      await machine.settle();
      expect(screen.text).toBe(text);
      await machine.type(terminal, utf8('\r'));
      await machine.settle();
      expect(screen.text).toMatch(/GET k\n"one"\n127\.0\.0\.1:6379>$/);
    });

    test('a terminal that comes back from a later time is painted, whatever was shown in its place meanwhile', async () => {
      const machine = await startMachine();
      await startServer(machine);
      const early = await machine.save();
      const shown: string[] = [];
      const show = (bytes: Uint8Array): void => void shown.push(new TextDecoder().decode(bytes));
      const terminal = await machine.openTerminal(SIZE, show);
      await machine.spawn({ argv: ['redis-cli', 'ECHO', 'late'], terminal });
      await machine.settle();
      const late = await machine.save();
      await machine.restore(early.id);
      shown.length = 0;
      await machine.restore(late.id);
      await machine.settle();
      expect(shown.join('')).toContain('\x1b[2J');
      expect(shown.join('')).toMatch(/"late"\r\n$/);
    });

    test('a terminal that was opened since is gone, one that was closed since hangs up', async () => {
      const machine = await startMachine();
      const events: MachineEvent[] = [];
      await machine.subscribe((event) => void events.push(event));
      const closed = await machine.openTerminal(SIZE, () => {});
      const kept = await machine.openTerminal(SIZE, () => {});
      const cli = await machine.spawn({ argv: ['redis-cli'], terminal: closed });
      await machine.settle();
      const save = await machine.save();
      await machine.closeTerminal(closed);
      const since = await machine.openTerminal(SIZE, () => {});
      await machine.restore(save.id);
      expect(await machine.exited(cli)).toMatchObject({ signal: 'SIGHUP' });
      await expect(machine.type(since, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await machine.type(kept, utf8('x'));
      expect(events.find(({ type }) => type === 'restored')).toEqual({
        type: 'restored',
        save: save.id,
        uptimeMs: 0,
        terminals: [kept],
      });
      await machine.closeTerminal(since);
      await expect(machine.closeTerminal(since)).rejects.toMatchObject({ code: 'EBADF' });
    });

    test('a connection goes on if nothing has passed since, or if its owner goes back too', async () => {
      const machine = await startMachine();
      await startServer(machine);
      const [quiet, busy] = [await open(machine), await open(machine)];
      const rewinding = await open(machine, true);
      const disconnected = await open(machine);
      for (const wire of [quiet, busy, rewinding, disconnected]) await send(machine, wire, 'PING');
      const save = await machine.save();
      for (const wire of [busy, rewinding]) await send(machine, wire, 'INCR', 'n');
      await machine.disconnect(disconnected.id);
      const since = await open(machine);
      await machine.restore(save.id);
      await machine.settle();
      expect([quiet, busy, rewinding, disconnected, since].map(({ ended }) => ended)).toEqual([
        false,
        true,
        false,
        true,
        true,
      ]);
      await send(machine, rewinding, 'INCR', 'n');
      await send(machine, quiet, 'INCR', 'n');
      expect([rewinding.received, quiet.received]).toEqual(['+PONG\r\n:2\r\n:1\r\n', '+PONG\r\n:2\r\n']);
      await expect(machine.send(since.id, utf8('x'))).rejects.toMatchObject({ code: 'EPIPE' });
    });

    test('what waits in a time that is no more is told so', async () => {
      const machine = await startMachine();
      const server = await startServer(machine);
      const save = await machine.save();
      const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
      const waits = [cli.exited, machine.advance(3_600_000), machine.waitForInput(server.pid, 3_600_000)];
      const outcomes = Promise.allSettled(waits);
      const stays = watch(machine.exited(server.pid));
      await machine.restore(save.id);
      for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'ERESTORED' } });
      await machine.settle();
      expect(stays.settled()).toBe(false);
      await expect(machine.writeStdin(cli.pid, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.exited(cli.pid)).rejects.toMatchObject({ code: 'ESRCH' });
    });

    test('saves are listed until they are dropped; one that is not there cannot be restored', async () => {
      const machine = await startMachine();
      await startServer(machine);
      const first = await machine.save('first');
      await machine.advance(1000);
      const second = await machine.save();
      expect((await machine.saves()).map(({ id, label, uptimeMs }) => ({ id, label, uptimeMs }))).toEqual([
        { id: first.id, label: 'first', uptimeMs: 0 },
        { id: second.id, label: '', uptimeMs: 1000 },
      ]);
      expect(first.ownBytes).toBeGreaterThan(1_000_000);
      expect(second.ownBytes).toBeLessThan(first.ownBytes / 4);
      await machine.dropSave(first.id);
      await machine.dropSave(first.id);
      expect(await machine.saves()).toHaveLength(1);
      await expect(machine.restore(first.id)).rejects.toMatchObject({ code: 'ENOENT' });
      await machine.restore(second.id);
    });

    test('output of a process that had ended is heard when it runs again', async () => {
      const machine = await startMachine();
      const server = await startServer(machine);
      const save = await machine.save();
      await machine.kill(server.pid, 'SIGTERM');
      await machine.advance(1000);
      await server.exited;
      server.output.stdout = '';
      await machine.restore(save.id);
      await machine.kill(server.pid, 'SIGTERM');
      await machine.advance(1000);
      expect(await machine.exited(server.pid)).toEqual({ kind: 'exit', code: 0 });
      await machine.settle();
      expect(server.log()).toMatch(/User requested shutdown/);
    });
  });
}
