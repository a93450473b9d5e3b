import fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRNO } from '../build/abi.ts';
import { createHost } from '../direct/host.ts';
import { Clock } from '../kernel/clock.ts';
import { type FolderInode, type RegularInode } from '../kernel/inode.ts';
import { HostFileSystem } from './host-files.ts';
import { temporaryFolder } from './launcher-rig.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function mount(): { files: HostFileSystem; path: (name: string) => string } {
  const folder = temporaryFolder();
  return {
    files: new HostFileSystem(new Clock(createHost(), 0, 1)),
    path: (name) => join(folder, name),
  };
}

function openFile(files: HostFileSystem, path: string, access = { readable: true, writable: true }): RegularInode {
  const inode = files.lookup(path);
  if (inode?.kind !== 'file') throw new Error(`${path} is ${inode?.kind ?? 'missing'}.`);
  expect(inode.open(access)).toBe(0);
  return inode;
}

test('what is written is on the host at once, and what the host has is read', () => {
  const { files, path } = mount();
  const created = files.createFile(path('new'), 0o600) as RegularInode;
  expect(created.open({ readable: true, writable: true })).toBe(0);
  expect(created.write(0, bytes('hello world'), 6, 5)).toBe(5);
  expect(fs.readFileSync(path('new'), 'utf8')).toBe('world');
  expect(fs.statSync(path('new')).mode & 0o777).toBe(0o600);
  fs.appendFileSync(path('new'), '!');
  expect(created.sizeBytes).toBe(6);
  const into = new Uint8Array(10);
  expect(created.read(4, into, 1, 9)).toBe(2);
  expect([...into.subarray(0, 4)]).toEqual([0, ...bytes('d!'), 0]);
  expect(created.truncate(3)).toBe(0);
  expect(created.sync()).toBe(0);
  expect(fs.readFileSync(path('new'), 'utf8')).toBe('wor');
  created.close();
});

test('an open file lives on without its name', () => {
  const { files, path } = mount();
  fs.writeFileSync(path('old'), 'content');
  const file = openFile(files, path('old'));
  expect(files.unlink(path('old'))).toBe(0);
  expect(files.lookup(path('old'))).toBeUndefined();
  expect(file.read(0, new Uint8Array(7), 0, 7)).toBe(7);
  file.close();
});

test('rename replaces, folders list their entries, and removing needs them empty', () => {
  const { files, path } = mount();
  expect(files.makeDirectory(path('folder'), 0o755)).toBe(0);
  fs.writeFileSync(path('temp'), 'new');
  fs.writeFileSync(path('folder/dump'), 'old');
  expect(files.rename(path('temp'), path('folder/dump'))).toBe(0);
  expect(fs.readFileSync(path('folder/dump'), 'utf8')).toBe('new');
  expect([...(files.lookup(path('folder')) as FolderInode).entries.keys()]).toEqual(['dump']);
  expect(files.removeDirectory(path('folder'))).toBe(-ERRNO.ENOTEMPTY);
  fs.unlinkSync(path('folder/dump'));
  expect(files.removeDirectory(path('folder'))).toBe(0);
});

test('the host’s errors are the machine’s', () => {
  const { files, path } = mount();
  fs.writeFileSync(path('file'), '');
  expect(files.createFile(path('file'), 0o644)).toBe(-ERRNO.EEXIST);
  expect(files.createFile(path('missing/file'), 0o644)).toBe(-ERRNO.ENOENT);
  expect(files.createFile(path('file/below'), 0o644)).toBe(-ERRNO.ENOTDIR);
  expect(files.unlink(path('missing'))).toBe(-ERRNO.ENOENT);
  expect(files.makeDirectory(path('file'), 0o755)).toBe(-ERRNO.EEXIST);
  expect(files.rename(path('missing'), path('x'))).toBe(-ERRNO.ENOENT);
  const readOnly = openFile(files, path('file'), { readable: true, writable: false });
  expect(readOnly.write(0, bytes('x'), 0, 1)).toBe(-ERRNO.EBADF);
  readOnly.close();
});

test('/dev is the machine’s own', () => {
  const { files } = mount();
  expect(files.lookup('/dev/urandom')?.kind).toBe('device');
  expect(files.lookup('/dev/tty')).toBeUndefined();
});
