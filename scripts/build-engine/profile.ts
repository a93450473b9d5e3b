import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashOf } from './hash.ts';
import { outcomeOf, SetupError } from './run.ts';
import type { Toolchain } from './toolchain.ts';

/** Counts of how often each piece of code ran, in the form that the compiler reads. */
export interface Profile {
  file: string;
  /** Changes when the counts do. */
  id: string;
}

/**
 * Makes the compiler's form of a profile in `folder`, unless it is there. Undefined if there is no `llvm-profdata` whose output
 * this compiler can read: the engine is then built without, slower and otherwise the same.
 *
 * @param text path of the profile as `llvm-profdata merge -text` writes it.
 */
export async function compiledProfile(
  text: string,
  folder: string,
  toolchain: Toolchain,
): Promise<Profile | undefined> {
  const id = hashOf(toolchain.id, await readFile(text));
  const file = join(folder, `profile-${id.slice(0, 20)}.profdata`);
  if (existsSync(file)) return { file, id };
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  try {
    // Debian's has the version in its name, and only that one is sure to be there.
    for (const tool of [`llvm-profdata-${toolchain.clangMajor}`, 'llvm-profdata']) {
      if (!(await succeeds(tool, ['merge', '-o', draft, text])) || !(await isReadable(draft, toolchain))) continue;
      await rename(draft, file);
      return { file, id };
    }
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await outcomeOf(command, args)).code === 0;
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  }
}

/** Whether the compiler understands the file: its format has versions. */
async function isReadable(profile: string, toolchain: Toolchain): Promise<boolean> {
  const scratch = await mkdtemp(join(tmpdir(), 'redis-profile-'));
  try {
    const source = join(scratch, 'nothing.c');
    await writeFile(source, 'int nothing;\n');
    await toolchain.compile([`-fprofile-instr-use=${profile}`, '-w', '-c', source, '-o', join(scratch, 'nothing.o')]);
    return true;
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  } finally {
    await rm(scratch, { recursive: true });
  }
}
