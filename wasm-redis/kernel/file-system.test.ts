import { expect, test } from 'vitest';
import { ERRNO } from '../build/abi.ts';
import { createHost } from '../direct/host.ts';
import { Clock } from './clock.ts';
import { FileSystem, resolvePath } from './file-system.ts';
import { FileInode } from './inode.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

function create(): { files: FileSystem; clock: Clock } {
  const clock = new Clock(createHost(), 1000, 0);
  return { files: new FileSystem(clock), clock };
}

function contents(files: FileSystem): Record<string, string> {
  return Object.fromEntries(files.files().map(({ path, inode }) => [path, new TextDecoder().decode(inode.bytes())]));
}

test.each([
  ['/a/b', '/x', '/a/b'],
  ['a', '/x', '/x/a'],
  ['../a', '/x/y', '/x/a'],
  ['./a//b/./c/..', '/', '/a/b'],
  ['/../..', '/x', '/'],
  ['', '/x', '/x'],
])('%j in %j is %j', (path, folder, resolved) => {
  expect(resolvePath(path, folder)).toBe(resolved);
});

test('a new disk has the folders that programs expect, and devices', () => {
  const { files } = create();
  for (const folder of ['/', '/data', '/tmp', '/etc', '/dev', '/root'])
    expect(files.lookup(folder)?.kind).toBe('directory');
  for (const device of ['/dev/null', '/dev/urandom', '/dev/random']) expect(files.lookup(device)?.kind).toBe('device');
  expect(files.files()).toEqual([]);
});

test('what is made in the wrong place, or twice, is refused', () => {
  const { files } = create();
  expect(files.createFile('/none/a', 0o644)).toBe(-ERRNO.ENOENT);
  expect(files.createFile('/data/a', 0o644)).toBeInstanceOf(FileInode);
  expect(files.createFile('/data/a', 0o644)).toBe(-ERRNO.EEXIST);
  expect(files.createFile('/data/a/b', 0o644)).toBe(-ERRNO.ENOENT);
  expect(files.makeDirectory('/data', 0o755)).toBe(-ERRNO.EEXIST);
  expect(files.makeDirectory('/', 0o755)).toBe(-ERRNO.EEXIST);
  expect(files.makeDirectory('/none/a', 0o755)).toBe(-ERRNO.ENOENT);
  expect(files.makeDirectories('/data/a/b')).toBe(false);
});

test('files and folders are removed each in their way', () => {
  const { files } = create();
  files.store('/d/f', text('x'));
  expect(files.unlink('/d')).toBe(-ERRNO.EISDIR);
  expect(files.removeDirectory('/d/f')).toBe(-ERRNO.ENOTDIR);
  expect(files.removeDirectory('/d')).toBe(-ERRNO.ENOTEMPTY);
  expect(files.unlink('/d/none')).toBe(-ERRNO.ENOENT);
  expect(files.unlink('/d/f')).toBe(0);
  expect(files.removeDirectory('/d')).toBe(0);
  expect(files.removeDirectory('/d')).toBe(-ERRNO.ENOENT);
});

test('an open file outlives its name', () => {
  const { files } = create();
  files.store('/data/f', text('old'));
  const file = files.lookup('/data/f') as FileInode;
  files.unlink('/data/f');
  expect(new TextDecoder().decode(file.bytes())).toBe('old');
});

test('a rename replaces what is there, if it may', () => {
  const { files } = create();
  files.store('/data/new', text('new'));
  files.store('/data/old', text('old'));
  expect(files.rename('/data/new', '/data/old')).toBe(0);
  expect(contents(files)).toEqual({ '/data/old': 'new' });
  expect(files.rename('/data/none', '/data/x')).toBe(-ERRNO.ENOENT);
  expect(files.rename('/data/old', '/none/x')).toBe(-ERRNO.ENOENT);
  expect(files.rename('/data/old', '/tmp')).toBe(-ERRNO.EISDIR);
  expect(files.rename('/data', '/data/below')).toBe(-ERRNO.EINVAL);
  expect(files.rename('/tmp', '/data/old')).toBe(-ERRNO.ENOTDIR);
  files.makeDirectory('/data/full', 0o755);
  files.store('/data/full/f', text(''));
  expect(files.rename('/tmp', '/data/full')).toBe(-ERRNO.ENOTEMPTY);
  expect(files.rename('/data/old', '/data/old')).toBe(0);
  expect(files.rename('/data', '/elsewhere')).toBe(0);
  expect(Object.keys(contents(files))).toEqual(['/elsewhere/full/f', '/elsewhere/old']);
});

test('a power failure takes data, never a name', () => {
  const { files } = create();
  const temporary = files.createFile('/data/temp', 0o644) as FileInode;
  temporary.write(0, text('synchronized'), 0, 12);
  temporary.sync();
  temporary.write(12, text(' and not'), 0, 8);
  files.rename('/data/temp', '/data/final');
  const empty = files.createFile('/data/empty', 0o644) as FileInode;
  empty.write(0, text('lost'), 0, 4);
  files.revertToDurable();
  expect(contents(files)).toEqual({ '/data/empty': '', '/data/final': 'synchronized' });
});

test('a mirror that takes changes has the same files', () => {
  const { files } = create();
  const mirror = new Map<string, string>();
  const take = (): string[] => {
    const { removed, changed } = files.takeChanges();
    for (const path of removed) mirror.delete(path);
    for (const { path, chunks, sizeBytes } of changed) {
      const whole = chunks.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');
      expect(whole.length).toBe(sizeBytes);
      mirror.set(path, whole);
    }
    expect(Object.fromEntries(mirror)).toEqual(contents(files));
    return [...removed.map((path) => `-${path}`), ...changed.map(({ path }) => path)];
  };
  files.store('/data/a', text('a'));
  files.store('/data/b', text('b'));
  expect(take()).toEqual(['/data/a', '/data/b']);
  expect(take()).toEqual([]);
  files.store('/data/a', text('again'));
  expect(take()).toEqual(['/data/a']);
  files.rename('/data/a', '/data/b');
  expect(take()).toEqual(['-/data/a', '/data/b']);
  files.store('/data/b', text(''));
  expect(take()).toEqual(['/data/b']);
  files.removeTree('/data');
  expect(take()).toEqual(['-/data/b']);
});
