import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { EngineCommands } from './engine-reply.ts';

/** Counts changes of what is asked; a change makes the file old. */
const FORMAT = 1;
const BUILD_RECORD = 'wasm-redis/build/build.json';
/** Not beside the engine: there it would be an input of the site's build, which writes it. */
const FOLDER = '.cache';
const FILE = `${FOLDER}/commands.json`;

/**
 * What the built engine says of its commands, from the file that `engineCommands` keeps; for code that is bundled and so
 * cannot ask. Paths are relative to the working directory, which is the repository. Throws if the file is missing or
 * belongs to another build.
 */
export function keptEngineCommands(): EngineCommands {
  const kept = readEngineCommands();
  if (kept?.key === currentKey()) return kept;
  throw new Error(
    `expected ${FILE} of this engine, found ${kept ? 'that of another' : 'none'}. Start again: the build writes it.`,
  );
}

/** What the kept replies depend on: the engine's files. Throws when the engine is not built. */
export function currentKey(): string {
  const { files } = JSON.parse(readFileSync(BUILD_RECORD, 'utf8')) as { files: Record<string, { sha256: string }> };
  return [FORMAT, ...['redis-server.wasm', 'redis-cli.wasm'].map((file) => files[file]?.sha256 ?? 'none')].join(' ');
}

/** The file as it is, of whichever engine; undefined if there is none. */
export function readEngineCommands(): EngineCommands | undefined {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as EngineCommands;
  } catch (error) {
    // Missing, or half written by a build that was stopped: asked again.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeEngineCommands(commands: EngineCommands): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, JSON.stringify(commands));
}
