import { basename, join } from 'node:path';
import {
  ASYNCIFY_FLAGS,
  C_STANDARD,
  COMPILE_FLAGS,
  FILE_FLAGS,
  FORCE_INCLUDE,
  LIBRARIES,
  LINK_FLAGS,
  NATIVE_FLAGS,
  PROFILED_FILE_FLAGS,
  PROGRAMS,
  UPSTREAM_FLAGS,
  type Library,
  type LibraryName,
  type Program,
} from '../../wasm-redis/native/recipe.ts';
import { hashOf } from './hash.ts';
import { objectsOf } from './makefile.ts';
import type { Profile } from './profile.ts';

/** The files that the plan is made from; a test gives its own. Paths are relative to the two roots. */
export interface Tree {
  /** Root of the unpacked source. */
  upstream: string;
  /** Folder of our C files. */
  native: string;
  /** Names that source and patches: what changes when any upstream file does. */
  sourceId: string;
  /** Compiler's version: what changes when the same input gives another output. */
  compiler: string;
  /** Reads a file as text. Throws if it is not there. */
  read: (path: string) => string;
  exists: (path: string) => boolean;
  /** Names of the headers in the native folder. */
  nativeHeaders: readonly string[];
  /** Upstream's files are optimized by it. */
  profile?: Profile | undefined;
}

/** One file to compile. The key changes exactly when the object would; it is part of the object's file name. */
export interface Unit {
  source: string;
  flags: readonly string[];
  key: string;
  object: string;
}

/** One program to link, and to asyncify if it has a list of imports. */
export interface Target {
  name: string;
  units: readonly Unit[];
  linkFlags: readonly string[];
  asyncifyFlags: readonly string[] | undefined;
  key: string;
  module: string;
}

/**
 * Everything to be made, each with the file name that holds its hash. What exists under its name is up to date, so
 * "what is stale" is "which of these files are not there": see `stale`.
 */
export function planBuild(tree: Tree): Target[] {
  const upstreamMakefile = tree.read(join(tree.upstream, 'src/Makefile'));
  const headers = tree.nativeHeaders.map((name) => tree.read(join(tree.native, name)));
  const includes = Object.values(LIBRARIES)
    .map(({ folder }) => join(tree.upstream, 'deps', folder))
    .filter((folder) => tree.exists(folder))
    .map((folder) => `-I${folder}`);
  // Not for upstream's own files: redis-cli.c includes <sds.h> and means the one of hiredis.
  const server = `-I${join(tree.upstream, 'src')}`;
  // Assertions and crash reports name their file: as upstream does, not by where it was built.
  const names = `-fmacro-prefix-map=${join(tree.upstream, 'src')}/=`;

  const fileFlags = (file: string): readonly string[] => (tree.profile ? PROFILED_FILE_FLAGS : FILE_FLAGS)[file] ?? [];
  const upstreamFlags = [...UPSTREAM_FLAGS, ...(tree.profile ? [`-fprofile-instr-use=${tree.profile.file}`] : [])];
  // Not where something lies counts in a key, but what it is.
  const portable = (flag: string): string =>
    flag.startsWith('-fprofile') ? tree.profile!.id : flag.replaceAll(tree.upstream, '').replaceAll(tree.native, '');

  const unit = (source: string, prefix: string, flags: readonly string[], context: readonly string[]): Unit => {
    const name = basename(source).replace(/\.\w+$/, '');
    const standard = source.endsWith('.c') ? [C_STANDARD] : [];
    const include = [...includes, '-idirafter', join(tree.native, 'include')];
    const all = [...COMPILE_FLAGS, names, ...standard, ...flags, ...include];
    const key = hashOf(tree.compiler, tree.sourceId, ...all.map(portable), tree.read(source), ...context);
    return { source, flags: all, key, object: `${prefix}${name}-${key.slice(0, 20)}.o` };
  };

  const upstreamUnit = (object: string): Unit => {
    const forced = Object.keys(FORCE_INCLUDE).filter((header) => FORCE_INCLUDE[header]?.includes(`${object}.c`));
    const flags = forced.flatMap((header) => ['-include', join(tree.native, header), server]);
    return unit(
      join(tree.upstream, 'src', `${object}.c`),
      '',
      [...upstreamFlags, ...fileFlags(`${object}.c`), ...flags],
      forced.length > 0 ? headers : [],
    );
  };

  const libraryUnits = (name: LibraryName): Unit[] => {
    const { folder, objects, flags }: Library = LIBRARIES[name];
    const root = join(tree.upstream, 'deps', folder);
    if (!tree.exists(root)) return [];
    const files =
      'files' in objects
        ? objects.files
        : objects.makefile.flatMap((variable) =>
            objectsOf(tree.read(join(root, 'Makefile')), variable).map((object) => `${object}.c`),
          );
    return files.map((file) =>
      unit(join(root, file), `${name}.`, [...upstreamFlags, ...fileFlags(file), ...flags], []),
    );
  };

  return Object.entries<Program>(PROGRAMS).map(([name, program]) => {
    const ours = program.native.map((file) => join(tree.native, file));
    const units = [
      ...objectsOf(upstreamMakefile, program.objects).map(upstreamUnit),
      ...program.libraries.flatMap(libraryUnits),
      ...ours.map((source) =>
        unit(source, 'native.', [...NATIVE_FLAGS, ...fileFlags(basename(source)), server], headers),
      ),
    ];
    const wraps = ours.flatMap((source) => wrappedBy(tree.read(source)));
    const linkFlags = [...LINK_FLAGS, ...(program.linkFlags ?? []), ...wraps.map((symbol) => `-Wl,--wrap=${symbol}`)];
    const asyncifyFlags = program.asyncify && [
      ...ASYNCIFY_FLAGS,
      `--pass-arg=asyncify-imports@${program.asyncify.join(',')}`,
    ];
    const key = hashOf(...units.map(({ object }) => object), ...linkFlags, ...(asyncifyFlags ?? []));
    return { name, units, linkFlags, asyncifyFlags, key, module: `${name}-${key.slice(0, 20)}.wasm` };
  });
}

/** The symbols that a C file takes over: it defines `__wrap_open` to stand in for `open`. */
export function wrappedBy(source: string): string[] {
  const definitions = source.matchAll(/^[\w *]*\b__wrap_(\w+)\([^;]*?\)\s*\{/gm);
  return [...new Set([...definitions].flatMap(([, symbol]) => symbol ?? []))];
}

/** What has to be made: the units without an object and the targets without a module, each once. */
export function stale(
  targets: readonly Target[],
  exists: (file: string) => boolean,
): { units: Unit[]; targets: Target[] } {
  const late = targets.filter(({ module }) => !exists(module));
  const units = new Map(late.flatMap((target) => target.units).map((unit) => [unit.object, unit]));
  return { units: [...units.values()].filter(({ object }) => !exists(object)), targets: late };
}
