import { readFile } from 'node:fs/promises';
import type { ModuleName } from '../machine.ts';

/** Compiles one of the build's WebAssembly files. Rejects, saying how to build, if it is not there. */
export async function loadModule(file: ModuleName): Promise<WebAssembly.Module> {
  const url = new URL(`../build/${file}.wasm`, import.meta.url);
  const bytes = await readFile(url).catch(() => {
    throw new Error(`${file}.wasm has not been built. Run: npm run build:engine`);
  });
  return WebAssembly.compile(bytes);
}
