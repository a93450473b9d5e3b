import type { SavingState } from './boundary.ts';
import { CHUNK_BYTES, FileStore, type FileChanges, type StoredFile } from './file-store.ts';

/** The machine's files, as the mirror needs them. */
export interface MirroredFiles {
  takeChanges(): FileChanges;
  snapshot(): readonly StoredFile[];
}

/** Changes are gathered for so long and written in one transaction. What a crash of the browser can lose. */
const WRITE_BEHIND_MS = 200;

/** A page that is being reloaded still holds the lock for a moment. */
const LOCK_PATIENCE_MS = 1500;

/**
 * Keeps a copy of the machine's files in the browser's storage, a moment behind. A lock sees to it that only one tab does:
 * two would overwrite each other. A second tab runs without, and says so.
 */
export class FileMirror {
  readonly #store: Pick<FileStore, 'read' | 'write'>;
  readonly #report: (state: SavingState) => void;
  #files: MirroredFiles | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** After a failed write the store lacks changes that have been taken, so the next write takes everything. */
  #incomplete = false;

  constructor(store: Pick<FileStore, 'read' | 'write'>, report: (state: SavingState) => void) {
    this.#store = store;
    this.#report = report;
  }

  /**
   * Opens the storage. Returns undefined, and reports why, when another tab has it or the browser refuses it: the
   * machine then runs without being saved.
   */
  static async open(name: string, report: (state: SavingState) => void): Promise<FileMirror | undefined> {
    if (!(await lockForGood(name))) {
      report({ kind: 'other-tab' });
      return undefined;
    }
    try {
      return new FileMirror(await FileStore.open(name), report);
    } catch (error) {
      report(toFailure(error));
      return undefined;
    }
  }

  /** What was saved. */
  read(): Promise<StoredFile[]> {
    return this.#store.read();
  }

  /** Forgets what was saved. */
  async clear(): Promise<void> {
    await this.#store.write({ removed: [], changed: [] }, true);
  }

  /** Begins to save. The first write makes the store equal to the files. */
  follow(files: MirroredFiles): void {
    this.#files = files;
    setInterval(() => void this.save(), WRITE_BEHIND_MS);
  }

  /** Writes what has changed. Never rejects: a failure is reported, and everything is written again next time. */
  save(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (!this.#files) return;
    const changes = this.#files.takeChanges();
    if (changes.removed.length === 0 && changes.changed.length === 0 && !this.#incomplete) return;
    try {
      if (this.#incomplete) await this.#store.write(wholeFiles(this.#files.snapshot()), true);
      else await this.#store.write(changes);
      this.#incomplete = false;
      this.#report({ kind: 'saved' });
    } catch (error) {
      this.#incomplete = true;
      this.#report(toFailure(error));
    }
  }
}

/** Takes the lock until the worker ends. False if another tab keeps it. */
async function lockForGood(name: string): Promise<boolean> {
  const granted = Promise.withResolvers<boolean>();
  const signal = AbortSignal.timeout(LOCK_PATIENCE_MS);
  navigator.locks
    .request(name, { signal }, () => {
      granted.resolve(true);
      return new Promise(() => {});
    })
    .catch(() => granted.resolve(false));
  return granted.promise;
}

function wholeFiles(files: readonly StoredFile[]): FileChanges {
  return {
    removed: [],
    changed: files.map(({ path, bytes, modifiedMs }) => ({
      path,
      sizeBytes: bytes.byteLength,
      modifiedMs,
      chunks: Array.from({ length: Math.ceil(bytes.byteLength / CHUNK_BYTES) }, (_, index) => ({
        index,
        bytes: bytes.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
      })),
    })),
  };
}

function toFailure(error: unknown): SavingState {
  const name = error instanceof DOMException ? error.name : '';
  const found = error instanceof Error ? error.message : String(error);
  if (name === 'QuotaExceededError') {
    const message =
      'The browser has no room left for this site, so changes are not saved. Delete keys, or download the dump.';
    return { kind: 'failed', message };
  }
  return {
    kind: 'failed',
    message: `The browser refuses storage (${found}), so nothing is saved when you leave. Download the dump to keep it.`,
  };
}
