import type { Machine } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';
import { filesBelow, readWhole, writeWhole } from '../whole-files.ts';

/** The file system from outside. What only the shell asks for is loaded with its first call. */
export function fileCalls({ kernel }: MachineParts) {
  return {
    async readFile(path) {
      return readWhole(kernel.files, path);
    },

    async writeFile(path, bytes) {
      writeWhole(kernel.files, path, bytes);
    },

    async removeFile(path) {
      kernel.files.removeTree(path);
    },

    async listFiles(folder) {
      return filesBelow(kernel.files, folder);
    },

    async appendFile(path, bytes) {
      const { appendToFile } = await import('../folders.ts');
      appendToFile(kernel.files, path, bytes);
    },

    async makeFolder(path) {
      const { makeFolder } = await import('../folders.ts');
      makeFolder(kernel.files, path);
    },

    async rename(from, to) {
      const { renameFile } = await import('../folders.ts');
      renameFile(kernel.files, from, to);
    },

    async listFolder(path) {
      const { entriesOf } = await import('../folders.ts');
      return entriesOf(kernel.files, path);
    },
  } satisfies Partial<Machine>;
}
