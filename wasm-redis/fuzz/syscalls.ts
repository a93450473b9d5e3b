import { readFile } from 'node:fs/promises';
import { createDice, type Dice } from '../differential/dice.ts';
import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import { buildModule, importedCalls, type ImportedCall, type MadeCall, wildArguments } from './call-module.ts';
import { type ExitStatus } from '../machine.ts';
import { type Target } from './target.ts';

const MODULE = new URL('../build/redis-server.wasm', import.meta.url);
const CALLS = 24;
/** A program that waits for ever is killed after so many turns of the others. */
const TURNS = 200;
/** Strings and structures that calls may find by chance at low addresses. */
const TEXTS = ['/data/f', '/data', '/dev/urandom', '/none/x', '..', '', 'x'.repeat(300)];

/** Not calls of a program but seams of our own C: they hand over control, and only `native/` calls them, in one order. */
const SEAMS = /^(fork|park|snapshot|longjmp|clock_page|thread|resume)/;

/** System calls with wild arguments, from a program made for it: an error or the end of that process, and nothing else. */
export async function createSyscallTarget(): Promise<Target> {
  const imports = await kernelCalls();
  const callable = imports.filter(({ name }) => !SEAMS.test(name));
  return {
    name: 'syscalls',
    async execute(seed) {
      const dice = createDice(seed);
      const calls = Array.from({ length: CALLS }, (): MadeCall => {
        const call = dice.one(callable);
        return { call, arguments: wildArguments(dice, call) };
      });
      try {
        await runProgram(imports, calls, wildMemory(dice), dice.chance(0.5));
        return undefined;
      } catch (error) {
        const { stack, message } = error as Error;
        return `${stack ?? message}\n${calls.map(formatCall).join('\n')}`;
      }
    },
    close: async () => {},
  };
}

/** The functions that a server imports from the kernel. */
export async function kernelCalls(): Promise<ImportedCall[]> {
  return importedCalls(new Uint8Array(await readFile(MODULE)));
}

/** Runs a program that makes these calls. Resolves with how it ended, if it did; rejects with what the kernel throws. */
export async function runProgram(
  imports: readonly ImportedCall[],
  calls: readonly MadeCall[],
  memory: Uint8Array,
  server: boolean,
): Promise<ExitStatus | undefined> {
  const module = await WebAssembly.compile(buildModule(imports, calls, memory, server));
  let turns = 0;
  const machine: DirectMachine = createDirectMachine(
    { loadModule: async () => module, seed: 1, epochMs: 0, clockRate: 0 },
    createHost({
      whileBusy: () => {
        if (++turns > TURNS) for (const process of machine.kernel.processes) process.signal('SIGKILL');
      },
    }),
  );
  try {
    await machine.writeFile('/data/f', Uint8Array.of(1, 2, 3));
    let status: ExitStatus | undefined;
    await machine.subscribe((event) => {
      if (event.type === 'exited') status = event.status;
    });
    await machine.spawn({ argv: ['redis-server'], stdin: Uint8Array.of(65, 66, 10) });
    await machine.advance(10);
    return status;
  } finally {
    await machine.dispose();
  }
}

function wildMemory(dice: Dice): Uint8Array {
  const memory = Uint8Array.from({ length: 1024 }, () => (dice.chance(0.5) ? dice.below(256) : 0));
  let at = 16;
  for (const text of TEXTS) {
    memory.set(new TextEncoder().encode(`${text}\0`), at);
    at += text.length + 1;
  }
  return memory;
}

const formatCall = ({ call, arguments: values }: MadeCall): string => `  ${call.name}(${values.join(', ')})`;
