import { type FolderEntry, MachineError } from '../../wasm-redis/machine.ts';
import type { Context } from './context.ts';
import { isPattern, matches, type Piece, splitPath, textOf } from './pattern.ts';

/** What is in a folder; nothing if there is no such folder. */
export async function list(path: string, { core }: { core: Pick<Context['core'], 'machine'> }): Promise<FolderEntry[]> {
  try {
    return await core.machine.listFolder(path);
  } catch (error) {
    if (error instanceof MachineError && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** What is at a path; undefined if nothing is. */
export async function entryAt(path: string, context: Pick<Context, 'core'>): Promise<FolderEntry | undefined> {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (name === '') return { name: '/', kind: 'folder', sizeBytes: 0, modifiedMs: 0, mode: 0o755 };
  return (await list(path.slice(0, slash) || '/', context)).find((entry) => entry.name === name);
}

/** A whole file. /dev/null is empty. Rejects with `MachineError`. */
export async function readWhole(path: string, { core, state }: Context): Promise<Uint8Array> {
  const absolute = state.resolve(path);
  return absolute === '/dev/null' ? new Uint8Array() : await core.machine.readFile(absolute);
}

/** The files that a pattern means, sorted; none if no file matches. */
export async function findFiles(pieces: readonly Piece[], context: Context): Promise<string[]> {
  const steps = splitPath(pieces);
  const absolute = steps.length > 1 && steps[0]?.length === 0;
  let found = [absolute ? '/' : ''];
  for (const [at, step] of steps.entries()) {
    if (step.length === 0) continue;
    const last = at === steps.length - 1;
    const next: string[] = [];
    for (const folder of found) {
      if (!isPattern(step)) {
        const path = folder + textOf(step);
        if (await entryAt(context.state.resolve(path), context)) next.push(last ? path : `${path}/`);
        continue;
      }
      for (const { name, kind } of await list(context.state.resolve(folder || '.'), context)) {
        // What begins with a dot is only meant by a pattern that does.
        if (name.startsWith('.') && !textOf(step).startsWith('.')) continue;
        if (matches(step, name) && (last || kind === 'folder')) next.push(folder + (last ? name : `${name}/`));
      }
    }
    found = next;
  }
  return found.sort();
}
