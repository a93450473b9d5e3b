import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { NATIVE } from '../build-engine/places.ts';
import type { Target, Unit } from '../build-engine/plan.ts';
import { inParallel, run } from '../build-engine/run.ts';

/** Flags that take the next one along, and mean nothing to a native compiler here. */
const WITH_ARGUMENT = new Set(['-mllvm', '-include', '-idirafter']);
/** Emscripten's settings, optimization, WebAssembly's features, an earlier profile. */
const LEFT_OUT = /^-(s[A-Z]|O|flto|m|fprofile)/;

/**
 * Compiles a program's upstream files natively, as they are, with a counter in each branch. The counters belong to the C
 * source, not to the processor, so what they count is true of the WebAssembly build too. Our own C files are left out.
 *
 * @returns the path of the program.
 * @throws `SetupError` if clang or its profiling library is missing, or something does not compile.
 */
export async function buildInstrumented(
  target: Target,
  upstream: string,
  clang: string,
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const units = target.units.filter(({ source }) => !source.startsWith(NATIVE));
  const server = `-I${join(upstream, 'src')}`;
  await inParallel(units, async (unit) => {
    const flags = [...nativeFlags(unit), '-O1', '-fprofile-instr-generate', server];
    await run(clang, [...flags, '-c', unit.source, '-o', join(folder, basename(unit.object))]);
  });
  const program = join(folder, target.name);
  const objects = units.map(({ object }) => join(folder, basename(object)));
  const libraries = ['-lm', '-ldl', '-lpthread', '-lrt'];
  await run(clang, ['-fprofile-instr-generate', '-rdynamic', ...objects, ...libraries, '-o', program]);
  return program;
}

function nativeFlags({ flags }: Unit): string[] {
  return flags.filter((flag, at) => {
    const before = flags[at - 1];
    return !LEFT_OUT.test(flag) && !WITH_ARGUMENT.has(flag) && !(before !== undefined && WITH_ARGUMENT.has(before));
  });
}
