import type { SpawnOptions } from '../../wasm-redis/machine.ts';

/** The machines that a page's frontmatter can ask for by `machine: <name>`. */
export const PRESET_NAMES = ['single'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** The processes of a preset, in the order in which they start, and the port on which the terminals find Redis. */
export interface Preset {
  processes: readonly SpawnOptions[];
  port: number;
}

/**
 * A server as a fresh install has it, with two differences: a memory limit, because a 32-bit build would otherwise
 * announce one of 3 GB in its log, and DEBUG allowed, because nobody but the reader can reach it.
 */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  single: {
    processes: [
      { argv: ['redis-server', '--port', '6379', '--maxmemory', '256mb', '--enable-debug-command', 'local'] },
    ],
    port: 6379,
  },
};
