import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stale, type Target, type Unit } from './plan.ts';
import { inParallel } from './run.ts';
import type { Toolchain } from './toolchain.ts';

/** Objects that no target needs any more are kept for a while: someone may go back and forth between two variants. */
const KEEP_UNUSED_MS = 24 * 60 * 60 * 1000;

/**
 * Makes what is stale among the targets, in `folder`, which then holds every object and module under its hashed name.
 * Files appear under their names when they are complete, so a build may be interrupted, and two may run at once.
 *
 * @returns how many objects were compiled and how many programs linked.
 */
export async function make(
  targets: readonly Target[],
  folder: string,
  toolchain: Toolchain,
): Promise<{ compiled: number; linked: number }> {
  await mkdir(folder, { recursive: true });
  const todo = stale(targets, (file) => existsSync(join(folder, file)));
  await inParallel(todo.units, (unit) => compile(unit, folder, toolchain));
  await inParallel(todo.targets, (target) => link(target, folder, toolchain));
  await dropUnused(targets, folder);
  return { compiled: todo.units.length, linked: todo.targets.length };
}

async function compile(unit: Unit, folder: string, toolchain: Toolchain): Promise<void> {
  await complete(join(folder, unit.object), '.o', async (file) => {
    const warnings = await toolchain.compile([...unit.flags, '-c', unit.source, '-o', file]);
    if (warnings) process.stderr.write(`${warnings}\n`);
  });
}

async function link(target: Target, folder: string, toolchain: Toolchain): Promise<void> {
  const objects = target.units.map(({ object }) => join(folder, object));
  await complete(join(folder, target.module), '.wasm', async (file) => {
    const plain = target.asyncifyFlags ? `${file}.plain.wasm` : file;
    await toolchain.compile([...target.linkFlags, ...objects, '-o', plain]);
    if (!target.asyncifyFlags) return;
    await toolchain.optimise([...target.asyncifyFlags, plain, '-o', file]);
    await rm(plain);
  });
}

/** Lets `work` write a file beside `path` and then gives it its name. */
async function complete(path: string, extension: string, work: (file: string) => Promise<void>): Promise<void> {
  const draft = `${path}.${process.pid}${extension}`;
  try {
    await work(draft);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function dropUnused(targets: readonly Target[], folder: string): Promise<void> {
  const used = new Set(targets.flatMap(({ module, units }) => [module, ...units.map(({ object }) => object)]));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (used.has(name) || Date.now() - (await stat(path)).mtimeMs < KEEP_UNUSED_MS) continue;
    await rm(path, { force: true });
  }
}
