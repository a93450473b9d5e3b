import { hasApt } from '../build-engine/debian-source.ts';
import { findToolchain } from '../build-engine/toolchain.ts';
import { aptInstall } from './apt.ts';
import { onPath } from './programs.ts';
import type { Step } from './step.ts';

const PACKAGES = ['emscripten', 'binaryen'];

/** The compiler, and on Debian what unpacks its source packages. */
export const emscripten: Step = {
  name: 'emscripten',
  found: async () => {
    const complete = onPath('emcc') && onPath('wasm-opt') && (!hasApt() || onPath('dpkg-source'));
    return complete ? versions() : undefined;
  },
  make: async () => {
    await aptInstall(
      [...PACKAGES, 'dpkg-dev'],
      'Put emcc (Emscripten 3.1.6 or newer) and wasm-opt (Binaryen) on the PATH; on macOS: brew install emscripten binaryen.',
    );
    return `${await versions()} installed`;
  },
};

async function versions(): Promise<string> {
  return (await findToolchain()).id;
}
