/** What the fuzzers have found, once each: failing before it was mended. */
import { expect, test } from 'vitest';
import { type ExitStatus } from '../machine.ts';
import { type MadeCall } from './call-module.ts';
import { kernelCalls, runProgram } from './syscalls.ts';

/** How a program ends that makes one call. */
async function call(name: string, ...values: number[]): Promise<ExitStatus | undefined> {
  const imports = await kernelCalls();
  const found = imports.find((imported) => imported.name === name);
  if (!found) throw new Error(`redis-server imports no ${name}.`);
  const words = found.parameters.map((_, at) => values[at] ?? 0);
  return runProgram(imports, [{ call: found, arguments: words }], new Uint8Array(16), false);
}

test('dup3 to a descriptor beyond the limit is refused, and no table of a billion entries is searched', async () => {
  expect(await call('__syscall_dup3', 1, 1_110_416_802)).toEqual({ kind: 'exit', code: 0 });
});

test.each([1000, -1, 0x7fff_ffff])(
  'a signal handler at %d, which is no function, is a segmentation fault',
  async (at) => {
    expect(await call('__call_sighandler', at, 15)).toEqual({ kind: 'signal', signal: 'SIGSEGV' });
  },
);

test('a server that makes an epoll and closes it in each step does not wake itself by that', async () => {
  const imports = await kernelCalls();
  const made = (name: string, values: readonly number[]): MadeCall => {
    const found = imports.find((imported) => imported.name === name)!;
    return { call: found, arguments: found.parameters.map((_, at) => values[at] ?? 0) };
  };
  // Awake for ever, it would keep a clock that stands from being moved.
  const step = [made('epoll_create', [1]), made('fd_close', [3])];
  const calls = [...step, ...step];
  expect(await runProgram(imports, calls, new Uint8Array(16), true)).toBeUndefined();
});

test('a file that becomes larger than the machine’s memory meets a full disk', async () => {
  const imports = await kernelCalls();
  const made = (name: string, values: readonly (number | bigint)[]): MadeCall => {
    const found = imports.find((imported) => imported.name === name)!;
    return { call: found, arguments: found.parameters.map((_, at) => values[at] ?? 0) };
  };
  const memory = new Uint8Array(64);
  memory.set(new TextEncoder().encode('/data/f\0'), 16);
  const calls = [2n ** 62n, -1n, 2n ** 40n].map((size) => made('__syscall_truncate64', [16, size, 0x7fff]));
  expect(await runProgram(imports, calls, memory, false)).toEqual({ kind: 'exit', code: 0 });
});
