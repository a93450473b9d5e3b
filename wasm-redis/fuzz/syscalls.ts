import { readFile } from 'node:fs/promises';
import { createDice, type Dice } from '../differential/dice.ts';
import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import {
  buildModule,
  importedCalls,
  PROGRAM_BYTES,
  type ImportedCall,
  type MadeCall,
  wildArguments,
} from './call-module.ts';
import { type ExitStatus, type ModuleName } from '../machine.ts';
import { watchMemory } from './bystander.ts';
import { type Target } from './target.ts';

const MODULE = new URL('../build/redis-server.wasm', import.meta.url);
/** The module that the other process is in. */
const BESIDE = 'redis-benchmark';
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

/**
 * Runs a program that makes these calls, in a machine with another process. Resolves with how it ended, if it did. Rejects
 * with what the kernel throws, and if a byte of the other process has changed.
 */
export async function runProgram(
  imports: readonly ImportedCall[],
  calls: readonly MadeCall[],
  memory: Uint8Array,
  server: boolean,
): Promise<ExitStatus | undefined> {
  const modules: Partial<Record<ModuleName, WebAssembly.Module>> = {
    'redis-server': await WebAssembly.compile(buildModule(imports, calls, memory, server)),
    [BESIDE]: await bystanderModule(imports),
  };
  let turns = 0;
  const machine: DirectMachine = createDirectMachine(
    { loadModule: async (name) => modules[name]!, seed: 1, epochMs: 0, clockRate: 0 },
    createHost({
      whileBusy: () => {
        if (++turns > TURNS) for (const process of machine.kernel.processes) process.signal('SIGKILL');
      },
    }),
  );
  try {
    await machine.writeFile('/data/f', Uint8Array.of(1, 2, 3));
    const beside = await machine.spawn({ argv: [BESIDE] });
    const checkMemory = watchMemory(machine.kernel.processAt(beside)!.memory);
    let status: ExitStatus | undefined;
    const pid = await machine.spawn({ argv: ['redis-server'], stdin: Uint8Array.of(65, 66, 10) });
    void machine.exited(pid).then((ended) => (status = ended));
    await machine.advance(10);
    // A signal may have ended it, as it may anywhere.
    checkMemory();
    return status;
  } finally {
    await machine.dispose();
  }
}

/** A program that parks at once, with a byte of its own in every place. */
function bystanderModule(imports: readonly ImportedCall[]): Promise<WebAssembly.Module> {
  const pattern = Uint8Array.from({ length: PROGRAM_BYTES }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
  bystander ??= WebAssembly.compile(buildModule(imports, [], pattern, true));
  return bystander;
}
let bystander: Promise<WebAssembly.Module> | undefined;

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
