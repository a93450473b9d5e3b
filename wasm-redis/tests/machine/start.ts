import { onTestFinished } from 'vitest';
import type { Machine, MachineOptions } from '../../machine.ts';
import { EPOCH_MS } from '../rig.ts';

/** One implementation of `Machine`. */
export type StartMachine = (options: Omit<MachineOptions, 'loadModule'>) => Promise<Machine>;

/** The same with the seed and the standing clock of a test, and gone with it. */
export type StartTestMachine = (options?: Omit<MachineOptions, 'loadModule'>) => Promise<Machine>;

/** Options of a server that saves nothing by itself. */
export const KEEP_NOTHING = ['--save', ''];

export function startForTests(start: StartMachine): StartTestMachine {
  return async (options = {}) => {
    const machine = await start({ seed: 1, epochMs: EPOCH_MS, clockRate: 0, ...options });
    onTestFinished(() => machine.dispose());
    return machine;
  };
}
