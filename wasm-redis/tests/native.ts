/** The native programs of Redis, to hold our files against. `npm test` sees to it that they are on the PATH. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Machine } from '../machine.ts';

export type NativeProgram = 'redis-check-aof' | 'redis-check-rdb';

/**
 * Runs a program on copies of files of the machine, in a folder of its own. Resolves with its exit code and output;
 * rejects, saying how to get it, if the program is missing.
 */
export async function runNative(
  program: NativeProgram,
  args: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-redis-'));
  try {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    return await new Promise((resolve, reject) => {
      execFile(program, args, { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          const hint = 'It is in Debian’s package redis-tools, which npm test installs.';
          reject(new Error(`Expected native ${program} on the PATH, found: ${error.message}. ${hint}`));
        } else resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The files below a folder of the machine, by their path in it. */
export async function filesIn(machine: Machine, folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { path } of await machine.listFiles(folder)) {
    files.set(path.slice(folder.length + 1), await machine.readFile(path));
  }
  return files;
}
