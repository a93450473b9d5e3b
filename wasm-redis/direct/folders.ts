import { ERRNO } from '../build/abi.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Inode } from '../kernel/inode.ts';
import { type FolderEntry, MachineError } from '../machine.ts';

/** What is in a folder, sorted by name; of a file its own entry. Throws `MachineError` ENOENT. */
export function entriesOf(files: FileSystem, path: string): FolderEntry[] {
  const inode = files.lookup(path);
  if (!inode) throw new MachineError('ENOENT', `There is no ${path}.`);
  if (inode.kind !== 'directory') return [entryOf(path.slice(path.lastIndexOf('/') + 1), inode)];
  const folder = path === '/' ? '' : path;
  return [...inode.entries.keys()].sort().flatMap((name) => {
    const entry = files.lookup(`${folder}/${name}`);
    return entry ? [entryOf(name, entry)] : [];
  });
}

/** See `Machine.appendFile`. Throws `MachineError`. */
export function appendToFile(files: FileSystem, path: string, bytes: Uint8Array): void {
  const file = files.lookup(path) ?? files.createFile(path, 0o644);
  if (typeof file === 'number') throw refused(-file, path);
  if (file.kind !== 'file') throw refused(ERRNO.EISDIR, path);
  const written = file.write(file.sizeBytes, bytes, 0, bytes.length);
  if (written < 0) throw refused(-written, path);
}

/** mkdir(2). Throws `MachineError`. */
export function makeFolder(files: FileSystem, path: string): void {
  const result = files.makeDirectory(path, 0o755);
  if (result < 0) throw refused(-result, path);
}

/** rename(2). Throws `MachineError`. */
export function renameFile(files: FileSystem, from: string, to: string): void {
  const result = files.rename(from, to);
  if (result < 0) throw refused(-result, `${from} to ${to}`);
}

function entryOf(name: string, inode: Inode): FolderEntry {
  if (inode.kind === 'file' || inode.kind === 'directory') {
    const { mode, modifiedMs } = inode;
    if (inode.kind === 'directory') return { name, kind: 'folder', sizeBytes: 0, modifiedMs, mode };
    return { name, kind: 'file', sizeBytes: inode.sizeBytes, modifiedMs, mode };
  }
  return { name, kind: 'device', sizeBytes: 0, modifiedMs: 0, mode: 0o666 };
}

const NAMES = ['ENOENT', 'EEXIST', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EINVAL', 'ENOSPC'] as const;

function refused(number: number, what: string): MachineError {
  const code = NAMES.find((name) => ERRNO[name] === number) ?? 'EIO';
  return new MachineError(code, `${what}: ${code}`);
}
