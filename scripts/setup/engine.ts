import { RELEASES } from '../../wasm-redis/native/recipe.ts';
import { buildEngine } from '../build-engine/build.ts';
import { fetchSource, unpackedSource, type Source } from '../build-engine/source.ts';
import type { Step } from './step.ts';

const release = RELEASES[0];

/** The source of Redis, downloaded, checked and unpacked. */
export const redisSource: Step = {
  name: 'redis source',
  found: async () => {
    const source = await unpackedSource(release);
    return source && describe(source);
  },
  make: async () => `${describe(await fetchSource(release))} downloaded`,
};

/** The WebAssembly files. The build itself knows what has changed, so it always runs: 0.3 s when nothing has. */
export const engine: Step = {
  name: 'engine',
  found: async () => undefined,
  make: async () => {
    const { compiled, linked, profiled } = await buildEngine(release);
    const without = profiled ? '' : ', without its profile (no llvm-profdata of this compiler): about 10 % slower';
    return (compiled + linked === 0 ? 'up to date' : `${compiled} files compiled, ${linked} programs linked`) + without;
  },
};

function describe({ debianRevision }: Source): string {
  return `${release.name} ${release.version}${debianRevision ? ` (Debian ${debianRevision})` : ''}`;
}
