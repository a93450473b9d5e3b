import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileMirror, type MirroredFiles } from './file-mirror.ts';
import { type FileChanges } from './file-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NOTHING: FileChanges = { removed: [], changed: [] };
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 251);

/** A mirror whose store and files are the test's: what it wrote, what it said, and the next failure. */
function startMirror(changes: FileChanges[], snapshot: MirroredFiles['snapshot'] = () => []) {
  const written: { changes: FileChanges; replacing: boolean }[] = [];
  const said: string[] = [];
  const failures: Error[] = [];
  const store = {
    read: () => Promise.resolve([]),
    write: (next: FileChanges, replacing = false) => {
      const failure = failures.shift();
      if (failure) return Promise.reject(failure);
      written.push({ changes: next, replacing });
      return Promise.resolve();
    },
  };
  const mirror = new FileMirror(store, (state) => void said.push(state.kind === 'failed' ? state.message : state.kind));
  mirror.follow({ takeChanges: () => changes.shift() ?? NOTHING, snapshot });
  return { mirror, written, said, failures };
}

const changed = (path: string): FileChanges => ({
  removed: [],
  changed: [{ path, sizeBytes: 3, modifiedMs: 1, chunks: [{ index: 0, bytes: bytes(3) }] }],
});

test('what has changed is written by and by, and nothing when nothing has', async () => {
  const { written, said } = startMirror([changed('/data/a')]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([{ changes: changed('/data/a'), replacing: false }]);
  expect(said).toEqual(['saved']);
});

test('a full browser is told of in words, and the next write that succeeds writes everything', async () => {
  const large = { path: '/data/large', bytes: bytes(65536 + 1), modifiedMs: 7 };
  const { written, said, failures } = startMirror([changed('/data/a')], () => [large]);
  failures.push(new DOMException('', 'QuotaExceededError'), new DOMException('', 'QuotaExceededError'));
  await vi.advanceTimersByTimeAsync(600);
  expect(said.slice(0, 2)).toMatchInlineSnapshot(`
    [
      "The browser has no room left for this site, so changes are not saved. Delete keys, or download the dump.",
      "The browser has no room left for this site, so changes are not saved. Delete keys, or download the dump.",
    ]
  `);
  expect(written).toEqual([
    {
      replacing: true,
      changes: {
        removed: [],
        changed: [
          {
            path: '/data/large',
            sizeBytes: 65537,
            modifiedMs: 7,
            chunks: [
              { index: 0, bytes: large.bytes.slice(0, 65536) },
              { index: 1, bytes: large.bytes.slice(65536) },
            ],
          },
        ],
      },
    },
  ]);
  expect(said.at(-1)).toBe('saved');
});

test('a browser that refuses storage is told of with its reason', async () => {
  const { mirror, said, failures } = startMirror([changed('/data/a')]);
  failures.push(new DOMException('The user has denied it.', 'UnknownError'));
  await mirror.save();
  expect(said).toMatchInlineSnapshot(`
    [
      "The browser refuses storage (The user has denied it.), so nothing is saved when you leave. Download the dump to keep it.",
    ]
  `);
});
