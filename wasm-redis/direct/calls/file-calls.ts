import type { Machine } from '../../machine.ts';
import type { Alive } from '../machine-parts.ts';
import { filesBelow, readWhole, writeWhole } from '../whole-files.ts';

/** The file system from outside. What only the shell asks for is loaded with its first call. */
export function fileCalls(alive: Alive) {
  return {
    async readFile(path) {
      return readWhole(alive().kernel.files, path);
    },

    async writeFile(path, bytes) {
      writeWhole(alive().kernel.files, path, bytes);
    },

    async removeFile(path) {
      alive().kernel.files.removeTree(path);
    },

    async listFiles(folder) {
      return filesBelow(alive().kernel.files, folder);
    },

    async appendFile(path, bytes) {
      const { files } = alive().kernel;
      (await folders()).appendToFile(files, path, bytes);
    },

    async makeFolder(path) {
      const { files } = alive().kernel;
      (await folders()).makeFolder(files, path);
    },

    async rename(from, to) {
      const { files } = alive().kernel;
      (await folders()).renameFile(files, from, to);
    },

    async listFolder(path) {
      const { files } = alive().kernel;
      return (await folders()).entriesOf(files, path);
    },
  } satisfies Partial<Machine>;
}

const folders = () => import('../folders.ts');
