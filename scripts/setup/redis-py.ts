import { findPython } from '../../wasm-redis/clients/python.ts';
import { SetupError } from '../build-engine/run.ts';
import { aptInstall } from './apt.ts';
import type { Step } from './step.ts';

/** A client in another language, for the tests of clients. Where it cannot be had its test is skipped and says why. */
export const redisPy: Step = {
  name: 'redis-py',
  found: async () => (await findPython())?.redis,
  make: async () => {
    try {
      await aptInstall(['python3-redis'], 'Its test will be skipped.');
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      return `not installed, its test will be skipped: ${error.message}`;
    }
    return `${(await findPython())?.redis} installed`;
  },
};
