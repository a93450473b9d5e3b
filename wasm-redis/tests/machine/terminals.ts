import { describe, expect, test } from 'vitest';
import type { Machine, TerminalId } from '../../machine.ts';
import { startServer, utf8 } from '../rig.ts';
import { KEEP_NOTHING, type StartTestMachine } from './start.ts';

/** Terminals: line discipline, size, flow control. */
export function describeTerminals(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: terminals`, () => {
    /** A terminal whose screen is the text it has received. */
    const openTerminal = async (machine: Machine): Promise<{ id: TerminalId; screen: () => string }> => {
      let screen = '';
      const decoder = new TextDecoder();
      const id = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
        screen += decoder.decode(bytes, { stream: true });
      });
      return { id, screen: () => screen };
    };

    test('a program on a terminal prompts, echoes and answers', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      expect(screen()).toContain('127.0.0.1:6379> ');
      await machine.type(id, utf8('SET k v\r'));
      await machine.settle();
      expect(screen()).toContain('SET k v');
      expect(screen()).toContain('\r\nOK\r\n');
    });

    test('Ctrl-C interrupts a program that does not read raw keys', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli', 'SUBSCRIBE', 'news'], terminal: id });
      await machine.settle();
      expect(screen()).toContain('1) "subscribe"');
      await machine.type(id, Uint8Array.of(3));
      expect(await machine.exited(pid)).toEqual({ kind: 'signal', signal: 'SIGINT' });
      expect(screen()).toMatch(/\^C$/);
    });

    test('hanging up ends what runs on the terminal', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      await machine.closeTerminal(id);
      expect(await machine.exited(pid)).toEqual({ kind: 'signal', signal: 'SIGHUP' });
      await expect(machine.type(id, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.resizeTerminal(id, { columns: 1, rows: 1 })).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.closeTerminal(id)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.spawn({ argv: ['redis-cli'], terminal: id })).rejects.toMatchObject({ code: 'EBADF' });
    });

    test('a program sees the size that the terminal has now', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      const lastDrawn = async (keys: string): Promise<string> => {
        await machine.type(id, utf8(keys));
        await machine.settle();
        return screen().slice(screen().lastIndexOf('\r\x1b[0K') + 1);
      };
      await machine.settle();
      expect(await lastDrawn('PING a-message-of-some-length')).toContain('PING a-message-of-some-length');
      expect(screen().slice(-5)).toBe('\x1b[45C');
      await machine.resizeTerminal(id, { columns: 30, rows: 24 });
      await machine.type(id, utf8('\r'));
      expect(await lastDrawn('PING a-message-of-some-length')).toContain('PING a-message-of-some-length');
      // The cursor is in the second row now, 30 columns less far to the right.
      expect(screen().slice(-5)).toBe('\x1b[15C');
    });

    test('a screen that is fast gets all of it', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'x'.repeat(2_000_000));
      const { id, screen } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli', 'GET', 'k'], terminal: id });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(screen()).toHaveLength(2_000_000 + '""\r\n'.length);
    });

    test('a screen that is slow holds the program back', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'x'.repeat(2_000_000));
      let shown = 0;
      const slow = Promise.withResolvers<void>();
      const id = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
        shown += bytes.length;
        return slow.promise;
      });
      const pid = await machine.spawn({ argv: ['redis-cli', 'GET', 'k'], terminal: id });
      await machine.settle();
      expect(shown).toBeLessThan(2_000_000);
      expect(await machine.processes()).toHaveLength(2);
      slow.resolve();
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(shown).toBe(2_000_000 + '""\r\n'.length);
    });
  });
}
