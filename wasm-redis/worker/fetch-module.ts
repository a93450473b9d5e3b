import { MODULE_BYTES } from '../build/module-bytes.ts';
import benchmarkUrl from '../build/redis-benchmark.wasm?url';
import cliUrl from '../build/redis-cli.wasm?url';
import serverUrl from '../build/redis-server.wasm?url';
import { MachineError, type ModuleName } from '../machine.ts';

const URLS: Readonly<Record<ModuleName, string>> = {
  'redis-server': serverUrl,
  'redis-cli': cliUrl,
  'redis-benchmark': benchmarkUrl,
};

/** The size of a module's file, unpacked. What a host says about it may be the packed size, or nothing. */
export function moduleBytes(file: ModuleName): number {
  return MODULE_BYTES[file];
}

/** Gets the bytes that have arrived of a module so far. */
export type ModuleProgress = (receivedBytes: number) => void;

/**
 * Fetches and compiles a module while it arrives. Rejects with `MachineError` code EFETCH when it cannot be had, ECOMPILE when
 * this browser cannot compile it.
 */
export async function fetchModule(file: ModuleName, onProgress: ModuleProgress): Promise<WebAssembly.Module> {
  const response = await fetchOrExplain(file);
  const counted = countBytes(response, onProgress);
  try {
    if (isWasm(response)) return await WebAssembly.compileStreaming(counted);
    // Some hosts do not know the type of .wasm files, and streaming insists on it.
    return await WebAssembly.compile(await counted.arrayBuffer());
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    if (error instanceof WebAssembly.CompileError) {
      throw new MachineError(
        'ECOMPILE',
        `expected a browser that runs WebAssembly, but compiling ${file} said: ${found}`,
      );
    }
    throw new MachineError('EFETCH', `expected all of ${file}.wasm, but the download broke off: ${found}. Try again.`);
  }
}

async function fetchOrExplain(file: ModuleName): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(URLS[file]);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new MachineError(
      'EFETCH',
      `expected to download ${file}.wasm, but the network said: ${found}. Check the connection and try again.`,
    );
  }
  if (response.ok) return response;
  const found = `${String(response.status)} ${response.statusText}`.trim();
  throw new MachineError(
    'EFETCH',
    `expected ${file}.wasm at ${URLS[file]}, but the host answered ${found}. Reload the page.`,
  );
}

function isWasm(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/wasm') ?? false;
}

/** The same response, whose body reports its progress. */
function countBytes(response: Response, onProgress: ModuleProgress): Response {
  if (!response.body) return response;
  let receivedBytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      receivedBytes += chunk.byteLength;
      onProgress(receivedBytes);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { 'content-type': 'application/wasm' } });
}
