/** A file as the machine's file system reports it changed: only the chunks that differ from the last report. */
export interface ChangedFile {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  chunks: readonly { index: number; bytes: Uint8Array }[];
}

/** Everything that happened to the files since the last report. */
export interface FileChanges {
  removed: readonly string[];
  changed: readonly ChangedFile[];
}

export interface StoredFile {
  path: string;
  bytes: Uint8Array;
  modifiedMs: number;
}

/** The unit in which contents are kept: an append to a log rewrites its last chunk, not the log. */
export const CHUNK_BYTES = 64 * 1024;

const FILES = 'files';
const CHUNKS = 'chunks';

interface FileRecord {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** Files kept in the browser's storage (IndexedDB), under a name, across visits. */
export class FileStore {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** Opens, and makes if needed. Rejects with the browser's `DOMException` if storage is refused. */
  static async open(name: string): Promise<FileStore> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(FILES, { keyPath: 'path' });
      request.result.createObjectStore(CHUNKS);
    };
    return new FileStore(await settled(request));
  }

  /** All files, whole. A chunk that was never written reads as zeros, as a hole in a file does. */
  async read(): Promise<StoredFile[]> {
    const transaction = this.#database.transaction([FILES, CHUNKS], 'readonly');
    const records = await settled(transaction.objectStore(FILES).getAll() as IDBRequest<FileRecord[]>);
    return Promise.all(
      records.map(async ({ path, sizeBytes, modifiedMs }) => {
        const range = allChunks(path);
        const store = transaction.objectStore(CHUNKS);
        const [keys, chunks] = await Promise.all([
          settled(store.getAllKeys(range)),
          settled(store.getAll(range) as IDBRequest<Uint8Array[]>),
        ]);
        const bytes = new Uint8Array(sizeBytes);
        chunks.forEach((chunk, at) => {
          const [, index] = keys[at] as [string, number];
          const start = index * CHUNK_BYTES;
          bytes.set(chunk.subarray(0, Math.max(0, sizeBytes - start)), start);
        });
        return { path, bytes, modifiedMs };
      }),
    );
  }

  /**
   * Writes changes, all of them or, if it rejects, none.
   * @param replacing forgets everything else in the same step
   */
  async write({ removed, changed }: FileChanges, replacing = false): Promise<void> {
    const transaction = this.#database.transaction([FILES, CHUNKS], 'readwrite');
    const files = transaction.objectStore(FILES);
    const chunks = transaction.objectStore(CHUNKS);
    if (replacing) {
      files.clear();
      chunks.clear();
    }
    for (const path of removed) {
      files.delete(path);
      chunks.delete(allChunks(path));
    }
    for (const file of changed) {
      const { path, sizeBytes, modifiedMs } = file;
      files.put({ path, sizeBytes, modifiedMs } satisfies FileRecord);
      chunks.delete(allChunks(path, Math.ceil(sizeBytes / CHUNK_BYTES)));
      for (const { index, bytes } of file.chunks) chunks.put(bytes, [path, index]);
    }
    await completed(transaction);
  }

  close(): void {
    this.#database.close();
  }
}

/** The keys of a file's chunks from an index on. An array sorts after every number. */
function allChunks(path: string, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([path, from], [path, []]);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no reason'));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB gave no reason'));
  });
}
