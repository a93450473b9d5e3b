import { createStore, promisifyRequest } from 'idb-keyval';
import { mergeFacts, withValues, type AllFacts, type Facts, type Value } from './facts.ts';

/** One object store; keys are `lesson/…`, `card/…`, `log/…`, `path/…`, `plan/…`, `choice`. */
const use = createStore('redis-mastery-progress', 'facts');
/** Tells the site's other tabs which keys have changed. Made with the first watcher or write. */
let channel: BroadcastChannel | undefined;
const watchers = new Set<(keys: readonly string[]) => void>();

/** What is known under a key; no fields if nothing is. Rejects where the browser refuses storage, as all of these do. */
export async function readFacts(key: string): Promise<Facts> {
  return use(
    'readonly',
    async (store) => (await promisifyRequest(store.get(key) as IDBRequest<Facts | undefined>)) ?? {},
  );
}

/** Everything whose key begins with the prefix; with an empty one, everything. */
export async function readAll(prefix = ''): Promise<AllFacts> {
  const range = prefix === '' ? undefined : IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  return use('readonly', async (store) => {
    const [keys, all] = await Promise.all([
      promisifyRequest(store.getAllKeys(range) as IDBRequest<string[]>),
      promisifyRequest(store.getAll(range) as IDBRequest<Facts[]>),
    ]);
    return new Map(keys.map((key, at) => [key, all[at] ?? {}]));
  });
}

/**
 * Sets fields of one thing and leaves its others as they are, in one transaction: two tabs that write different fields
 * lose nothing. `values` may be computed from what is there. Resolves with the facts as they are then.
 */
export async function writeFacts(
  key: string,
  values: Readonly<Record<string, Value>> | ((before: Facts) => Readonly<Record<string, Value>>),
  nowMs = Date.now(),
): Promise<Facts> {
  const written = await change(async (store) => {
    const before = (await promisifyRequest(store.get(key) as IDBRequest<Facts | undefined>)) ?? {};
    const after = withValues(before, typeof values === 'function' ? values(before) : values, nowMs);
    store.put(after, key);
    return after;
  });
  tell([key]);
  return written;
}

/** Adds to what is there, field by field the later one; all or nothing. */
export async function mergeIn(added: AllFacts): Promise<void> {
  await change(async (store) => {
    for (const [key, facts] of added) {
      const known = (await promisifyRequest(store.get(key) as IDBRequest<Facts | undefined>)) ?? {};
      store.put(mergeFacts(known, facts), key);
    }
  });
  tell([...added.keys()]);
}

/** Puts these facts in the place of all that is there; all or nothing. Without facts it is a wipe. */
export async function replaceAll(facts: AllFacts): Promise<void> {
  await change(async (store) => {
    store.clear();
    for (const [key, value] of facts) store.put(value, key);
  });
  tell([]);
}

/**
 * Calls the listener after each change, by this tab or another, with the keys that changed; with no key if everything
 * may have. Returns what ends that.
 */
export function watchFacts(listener: (keys: readonly string[]) => void): () => void {
  open();
  watchers.add(listener);
  return () => watchers.delete(listener);
}

/** One transaction. What throws inside of it undoes all of it, which the database does not do by itself. */
function change<Result>(make: (store: IDBObjectStore) => Promise<Result>): Promise<Result> {
  return use('readwrite', async (store) => {
    let result: Result;
    try {
      result = await make(store);
    } catch (error) {
      store.transaction.abort();
      throw error;
    }
    await promisifyRequest(store.transaction);
    return result;
  });
}

function tell(keys: readonly string[]): void {
  open().postMessage(keys);
  for (const watcher of watchers) watcher(keys);
}

function open(): BroadcastChannel {
  if (channel) return channel;
  channel = new BroadcastChannel('redis-mastery-progress');
  channel.addEventListener('message', ({ data }: MessageEvent<readonly string[]>) => {
    for (const watcher of watchers) watcher(data);
  });
  return channel;
}

/**
 * Does what reads or writes the store. Where the browser refuses that, `say` is told in words; any other error is thrown on.
 *
 * @param what the page cannot keep then: "your progress"
 */
export async function sayIfRefused(what: string, say: (text: string) => void, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    say(`This browser does not let the page store ${what} (${error.message}).`);
  }
}
