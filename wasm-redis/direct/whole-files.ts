import type { FileSystem } from '../kernel/file-system.ts';
import { type FileInfo, MachineError } from '../machine.ts';

/** See `Machine.readFile`. Throws `MachineError` ENOENT, EISDIR. */
export function readWhole(files: FileSystem, path: string): Uint8Array {
  const inode = files.lookup(path);
  if (!inode) throw new MachineError('ENOENT', `There is no file ${path}.`);
  if (inode.kind !== 'file') throw new MachineError('EISDIR', `${path} is a ${inode.kind}, not a file.`);
  return inode.bytes();
}

/** See `Machine.writeFile`. Throws `MachineError` ENOTDIR. */
export function writeWhole(files: FileSystem, path: string, bytes: Uint8Array): void {
  if (files.store(path, bytes)) return;
  throw new MachineError('ENOTDIR', `${path} cannot be written: a file or folder of that name is in the way.`);
}

/** See `Machine.listFiles`. */
export function filesBelow(files: FileSystem, folder: string): FileInfo[] {
  return files
    .files(folder)
    .map(({ path, inode }) => ({ path, sizeBytes: inode.sizeBytes, modifiedMs: inode.modifiedMs }));
}
