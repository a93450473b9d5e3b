import { describe, expect, onTestFinished, test } from 'vitest';
import type { Machine } from '../machine.ts';
import type { StartMachine } from './machine-suite.ts';
import { EPOCH_MS, utf8 } from './rig.ts';

/** What a shell needs of a machine besides programs: folders, and to be told when a time has come. */
export function describeFoldersAndTime(name: string, start: StartMachine): void {
  const startMachine = async (): Promise<Machine> => {
    const machine = await start({ seed: 1, epochMs: EPOCH_MS, clockRate: 0 });
    onTestFinished(() => machine.dispose());
    return machine;
  };

  describe(`${name}: folders`, () => {
    test('a folder is made, listed with what is in it, and moved', async () => {
      const machine = await startMachine();
      await machine.makeFolder('/data/node');
      await machine.appendFile('/data/node/log', utf8('one\n'));
      await machine.appendFile('/data/node/log', utf8('two\n'));
      await machine.rename('/data/node', '/data/moved');
      expect(await machine.listFolder('/data')).toMatchObject([{ name: 'moved', kind: 'folder' }]);
      expect(await machine.listFolder('/data/moved')).toMatchObject([{ name: 'log', kind: 'file', sizeBytes: 8 }]);
      expect(await machine.listFolder('/data/moved/log')).toMatchObject([{ name: 'log', sizeBytes: 8 }]);
      expect(await machine.listFolder('/dev')).toContainEqual(
        expect.objectContaining({ name: 'null', kind: 'device' }),
      );
    });

    test('what mkdir, rename and opening for appending refuse is refused', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/file', utf8(''));
      const refused = async (call: Promise<unknown>, code: string): Promise<void> => {
        await expect(call).rejects.toMatchObject({ name: 'MachineError', code });
      };
      await refused(machine.makeFolder('/data'), 'EEXIST');
      await refused(machine.makeFolder('/none/folder'), 'ENOENT');
      await refused(machine.rename('/data/none', '/data/other'), 'ENOENT');
      await refused(machine.rename('/data', '/data/file/under'), 'ENOENT');
      await refused(machine.appendFile('/data', utf8('')), 'EISDIR');
      await refused(machine.appendFile('/none/file', utf8('')), 'ENOENT');
      await refused(machine.listFolder('/none'), 'ENOENT');
    });
  });

  describe(`${name}: typing ahead`, () => {
    test('what was typed and nobody has read can be taken back', async () => {
      const machine = await startMachine();
      const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, () => undefined);
      await machine.type(terminal, utf8('one\rtw'));
      expect(new TextDecoder().decode(await machine.takeTyped(terminal))).toBe('one\ntw');
      expect(await machine.takeTyped(terminal)).toHaveLength(0);
    });
  });

  describe(`${name}: waiting for a time`, () => {
    test('who waits for a time is told when it comes, and moves nothing', async () => {
      const machine = await startMachine();
      const order: string[] = [];
      const later = machine.elapsed(2_000).then(() => order.push('2 s'));
      const sooner = machine.elapsed(1_000).then(() => order.push('1 s'));
      expect(await machine.settle()).toBe(1_000);
      expect(await machine.advanceToNext('output', 10_000)).toBe(true);
      expect((await machine.clock()).uptimeMs).toBe(1_000);
      await machine.jump(5_000);
      await Promise.all([sooner, later]);
      expect(order).toEqual(['1 s', '2 s']);
    });

    test('who waits for a time hears that the machine was put back', async () => {
      const machine = await startMachine();
      const { id } = await machine.save();
      const waiting = machine.elapsed(1_000);
      const told = expect(waiting).rejects.toMatchObject({ code: 'ERESTORED' });
      await machine.restore(id);
      await told;
    });
  });
}
