import { outcomeOf, run, SetupError } from './run.ts';

/** Compiler and optimiser, as found on the PATH. */
export interface Toolchain {
  /** Both versions: what changes when the same input gives another output. */
  id: string;
  emcc: string;
  wasmOpt: string;
  /** Of the clang in emcc: its companions may have it in their names. */
  clangMajor: string;
  /** Runs emcc. Resolves with its warnings. */
  compile: (args: readonly string[]) => Promise<string>;
  optimise: (args: readonly string[]) => Promise<void>;
}

// Emscripten runs its own JavaScript in a Node that its configuration names; ours is surely there.
const env = { ...process.env, EM_NODE_JS: process.execPath };

/** Finds `emcc` and `wasm-opt`. Rejects with `SetupError` that says how to get them. */
export async function findToolchain(): Promise<Toolchain> {
  const emcc = await versionOf('emcc');
  const wasmOpt = await versionOf('wasm-opt');
  return {
    id: `emcc ${emcc}, wasm-opt ${wasmOpt}`,
    emcc,
    wasmOpt,
    clangMajor: /clang version (\d+)/.exec((await outcomeOf('emcc', ['-v'], { env })).stderr)?.[1] ?? '',
    compile: async (args) => {
      const { code, stderr } = await outcomeOf('emcc', args, { env });
      if (code !== 0) {
        const firstErrors = stderr.trim().split('\n').slice(0, 30).join('\n');
        throw new SetupError(`emcc ended with exit code ${code}:\n${firstErrors}`);
      }
      return stderr.trim();
    },
    optimise: async (args) => void (await run('wasm-opt', args)),
  };
}

async function versionOf(command: 'emcc' | 'wasm-opt'): Promise<string> {
  try {
    const text = await run(command, ['--version'], { env });
    return /\d+(\.\d+)*/.exec(text.split('\n')[0]?.replace(/\(.*?\)/, '') ?? '')?.[0] ?? text.trim();
  } catch (cause) {
    throw new SetupError(
      `${command} is missing or does not run: it compiles Redis to WebAssembly. On Debian: ` +
        'apt-get install --no-install-recommends emscripten binaryen. Elsewhere put Emscripten (3.1.6 or newer) and Binaryen ' +
        'on the PATH; on macOS: brew install emscripten binaryen.',
      { cause },
    );
  }
}
