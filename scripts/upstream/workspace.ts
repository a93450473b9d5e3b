import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE } from '../build-engine/places.ts';
import { SetupError } from '../build-engine/run.ts';
import { nativeServer } from '../setup/native-redis.ts';
import { onPath } from '../setup/programs.ts';
import { PROGRAM_LAUNCHER } from '../../wasm-redis/node/launcher-command.ts';
import { PROGRAMS } from '../../wasm-redis/machine.ts';

/** Whose programs the suite finds in `src/`. */
export type Programs = 'native' | 'ours';

/**
 * Makes a folder in which upstream's scripts run as in their own tree: a copy of the tests, because they write among
 * themselves, links to what they read, and `src/` with the programs. The source itself is not touched.
 *
 * @param source root of upstream's unpacked tree
 * @returns the folder; who asked for it removes it
 */
export async function makeWorkspace(source: string, programs: Programs): Promise<string> {
  // A short path: a Unix socket's has room for 107 bytes, and the tests put theirs deep.
  const folder = await mkdtemp(join(tmpdir(), 'upstream-'));
  await cp(join(source, 'tests'), join(folder, 'tests'), { recursive: true });
  for (const name of ['runtest', 'runtest-sentinel', 'runtest-cluster', 'utils', 'redis.conf', 'sentinel.conf'])
    await symlink(join(source, name), join(folder, name));
  await mkdir(join(folder, 'src'));
  for (const program of PROGRAMS) {
    const file = join(folder, 'src', program);
    if (programs === 'native') await linkNative(program, file);
    else await writeStandIn(program, file);
  }
  return folder;
}

/** Removes what `makeWorkspace` made. */
export async function removeWorkspace(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function linkNative(program: string, file: string): Promise<void> {
  // Debian's redis-sentinel is a package of its own; the server is the same program under another name.
  const isServer = program === 'redis-server' || program === 'redis-sentinel';
  const target = onPath(program) ?? (isServer ? nativeServer() : undefined);
  if (!target) throw new SetupError(`there is no native ${program} on the PATH. On Debian: apt-get install redis`);
  await symlink(target, file);
}

/**
 * `exec`, so that the process id that the suite knows is the one that serves. Hundreds of servers are started, so Node
 * keeps what it has compiled.
 */
async function writeStandIn(program: string, file: string): Promise<void> {
  const words = [process.execPath, ...PROGRAM_LAUNCHER, program].map(quote).join(' ');
  const cache = quote(join(CACHE, 'compiled'));
  // Tests of protected mode connect from an address that is not the loopback's.
  await writeFile(file, `#!/bin/sh\nREDIS_LAUNCHER_LISTEN=anywhere NODE_COMPILE_CACHE=${cache} exec ${words} "$@"\n`);
  await chmod(file, 0o755);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
