import { describe, expect, test } from 'vitest';
import { EPOCH_MS, utf8 } from '../rig.ts';
import { type StartTestMachine } from './start.ts';

/** Whole files, from outside. */
export function describeFiles(name: string, startMachine: StartTestMachine): void {
  describe(`${name}: files`, () => {
    test('a file is written, listed, read and removed', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/new/folder/b', utf8('content'));
      await machine.writeFile('/data/a', utf8(''));
      expect(await machine.listFiles('/data')).toEqual([
        { path: '/data/a', sizeBytes: 0, modifiedMs: EPOCH_MS },
        { path: '/data/new/folder/b', sizeBytes: 7, modifiedMs: EPOCH_MS },
      ]);
      expect(await machine.readFile('/data/new/folder/b')).toEqual(utf8('content'));
      await machine.writeFile('/data/new/folder/b', utf8('less'));
      expect(await machine.readFile('/data/new/folder/b')).toEqual(utf8('less'));
      await machine.removeFile('/data/new');
      expect((await machine.listFiles('/')).map(({ path }) => path)).toEqual(['/data/a']);
    });

    test('what is not there, or is a folder, cannot be read', async () => {
      const machine = await startMachine();
      await expect(machine.readFile('/data/none')).rejects.toMatchObject({
        code: 'ENOENT',
        message: 'There is no file /data/none.',
      });
      await expect(machine.readFile('/data')).rejects.toMatchObject({ code: 'EISDIR' });
      await expect(machine.readFile('/')).rejects.toMatchObject({ code: 'EISDIR' });
      expect(await machine.listFiles('/none')).toEqual([]);
      await machine.removeFile('/data/none');
    });

    test('a file cannot take the place of a folder, nor lie in a file', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/file', utf8('x'));
      await expect(machine.writeFile('/data', utf8('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      await expect(machine.writeFile('/data/file/below', utf8('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      expect(await machine.readFile('/data/file')).toEqual(utf8('x'));
    });

    test('files are copies: changing one side does not change the other', async () => {
      const machine = await startMachine();
      const given = utf8('abc');
      await machine.writeFile('/f', given);
      given[0] = 0;
      const taken = await machine.readFile('/f');
      expect(taken).toEqual(utf8('abc'));
      taken[0] = 0;
      expect(await machine.readFile('/f')).toEqual(utf8('abc'));
    });

    test('a file carries the time of its last change', async () => {
      const machine = await startMachine();
      await machine.writeFile('/f', utf8('abc'));
      await machine.advance(5000);
      await machine.writeFile('/f', utf8('abc'));
      expect((await machine.listFiles('/'))[0]!.modifiedMs).toBe(EPOCH_MS + 5000);
    });
  });
}
