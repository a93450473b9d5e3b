import { expect, test } from 'vitest';
import { createHost } from '../direct/host.ts';
import { ByteQueue } from './byte-queue.ts';
import { Clock } from './clock.ts';
import { FileSystem } from './file-system.ts';
import { createRandom } from './random.ts';
import { type Part, rememberArray, rememberFields, rememberMap, rememberSet, Snapshot } from './snapshot.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const decoder = new TextDecoder();

function append(files: FileSystem, path: string, text: string): void {
  const inode = files.lookup(path);
  if (inode?.kind !== 'file') throw new Error(`${path} is no file`);
  inode.write(inode.sizeBytes, utf8(text), 0, text.length);
}

function read(files: FileSystem, path: string): string | undefined {
  const inode = files.lookup(path);
  return inode?.kind === 'file' ? decoder.decode(inode.bytes()) : undefined;
}

test('files come back with what is durable of them, and a mirror hears of what a restore has changed', () => {
  const files = new FileSystem(new Clock(createHost(), 0, 0));
  files.store('/data/log', utf8('durable'));
  append(files, '/data/log', ' and not');
  files.store('/data/gone', utf8('later removed'));
  files.takeChanges();
  const snapshot = new Snapshot([files], undefined);
  append(files, '/data/log', ', and more');
  files.rename('/data/log', '/data/renamed');
  files.unlink('/data/gone');
  files.store('/data/new', utf8('new'));
  files.takeChanges();
  for (let times = 0; times < 2; times++) {
    snapshot.restore();
    expect(read(files, '/data/log')).toBe('durable and not');
    expect(read(files, '/data/gone')).toBe('later removed');
    expect(read(files, '/data/new')).toBeUndefined();
    const { removed, changed } = files.takeChanges();
    if (times === 0) {
      expect(removed).toEqual(['/data/new', '/data/renamed']);
      expect(changed.map(({ path }) => path)).toEqual(['/data/gone', '/data/log']);
    }
    files.revertToDurable();
    expect(read(files, '/data/log')).toBe('durable');
  }
});

test('a generator with a seed goes on from where it was', () => {
  const random = createRandom(createHost(), 7);
  const next = (): number[] => {
    const bytes = new Uint8Array(8);
    random.fill(bytes);
    return [...bytes];
  };
  next();
  const snapshot = new Snapshot([random], undefined);
  const first = [next(), next()];
  snapshot.restore();
  expect([next(), next()]).toEqual(first);
});

test('a queue comes back wherever in its ring the bytes were', () => {
  const queue = new ByteQueue(4096);
  const put = (text: string): number => queue.write(utf8(text), 0, text.length);
  put('x'.repeat(1000));
  queue.read(new Uint8Array(990), 0, 990);
  put('y'.repeat(100));
  const restore = queue.remember();
  const held = `${'x'.repeat(10)}${'y'.repeat(100)}`;
  expect(decoder.decode(queue.readAll())).toBe(held);
  put('other');
  restore();
  expect(decoder.decode(queue.readAll())).toBe(held);
});

test('arrays, maps, sets and plain objects come back with their order', () => {
  const entry = { at: 1 };
  const [array, map, set] = [[3, 1, 2], new Map([['b', entry]]), new Set(['z', 'a'])];
  const restores = [rememberArray(array), rememberMap(map), rememberSet(set), rememberFields([entry])];
  array.sort();
  map.delete('b');
  map.set('a', { at: 9 }).set('b', { at: 8 });
  set.delete('z');
  set.add('z');
  entry.at = 2;
  for (const restore of restores) restore();
  expect([array, [...map], [...set]]).toEqual([[3, 1, 2], [['b', { at: 1 }]], ['z', 'a']]);
  expect(map.get('b')).toBe(entry);
});

test('a long chain of parts is followed to its end, a ring of them once around', () => {
  let remembered = 0;
  class Link implements Part {
    next: Part | undefined;
    remember(snapshot: Snapshot): () => void {
      remembered++;
      snapshot.add(this.next);
      return () => {};
    }
  }
  const first = new Link();
  let last = first;
  for (let link = 1; link < 100_000; link++) last.next = last = new Link();
  last.next = first;
  new Snapshot([first], undefined).restore();
  expect(remembered).toBe(100_000);
});
