import type { Machine, MachineOptions, ProgramName } from '../../wasm-redis/machine.ts';

/**
 * What every lesson's machine is made from, so that the printed replies are the ones that the page gives too: the same
 * random numbers, and a clock that begins on the first of January 2026 and stands still until a transcript moves it.
 */
export const LESSON_MACHINE = {
  seed: 7015,
  epochMs: Date.UTC(2026, 0, 1),
  clockRate: 0,
} as const satisfies Omit<MachineOptions, 'loadModule'>;

/** A server that a preset starts; it is ready when it listens. */
interface PresetServer {
  port: number;
  argv: readonly [ProgramName, ...string[]];
}

/**
 * The machines that a lesson can name. `maxmemory` has a value because this is a 32-bit build, for which Redis would
 * announce a limit of 3 GB; 64 MB is room enough for every lesson and little enough for a phone. No snapshots by time
 * (`save`): a lesson that is not about persistence would otherwise fork when it moves the clock by an hour.
 */
export const PRESETS = {
  single: [{ port: 6379, argv: ['redis-server', '--port', '6379', '--maxmemory', '64mb', '--save', ''] }],
} as const satisfies Readonly<Record<string, readonly PresetServer[]>>;

export type PresetName = keyof typeof PRESETS;

/**
 * Starts the servers of a preset, each with the further options given, and resolves when all of them listen. Rejects
 * with a `PresetError` when a server ends instead, which a mistaken option makes it do.
 */
export async function startPreset(
  machine: Machine,
  preset: PresetName,
  options: readonly string[] = [],
): Promise<void> {
  for (const server of PRESETS[preset]) {
    const printed: string[] = [];
    const argv: [ProgramName, ...string[]] = [...server.argv, ...options];
    const pid = await machine.spawn({
      argv,
      onOutput: (bytes) => void printed.push(new TextDecoder().decode(bytes)),
    });
    const ended = machine.exited(pid).then((status) => {
      throw new PresetError(argv, `${JSON.stringify(status)}: ${printed.join('').trim()}`);
    });
    await Promise.race([machine.listening(server.port), ended]);
    // From here on the end of the server is what a lesson may be about: its clients say so.
    ended.catch(() => undefined);
  }
}

/** A server of a preset did not come up. */
export class PresetError extends Error {
  override readonly name = 'PresetError';
  constructor(argv: readonly string[], found: string) {
    super(
      `expected \`${argv.join(' ')}\` to listen, but it ended: ${found}. Look at the options in the \`machine:\` frontmatter.`,
    );
  }
}
