import { expect, test } from 'vitest';
import { SetupError } from '../build-engine/run.ts';
import { runSteps, type Step } from './step.ts';

const there: Step = {
  name: 'compiler',
  found: async () => 'emcc 3.1.6',
  make: () => Promise.reject(new Error('made')),
};
const missing: Step = { name: 'source', found: async () => undefined, make: async () => 'redis 7.0.15 downloaded' };

test('what is there is not made again, and each step prints one line', async () => {
  const lines: string[] = [];
  await runSteps([there, missing], (line) => lines.push(line.replace(/\d+\.\d s$/, 'T')));
  expect(lines).toEqual(['compiler: emcc 3.1.6, T', 'source: redis 7.0.15 downloaded, T']);
});

test('a step that fails is named, and no further step runs', async () => {
  const failing: Step = { ...missing, make: () => Promise.reject(new SetupError('there is no network.')) };
  const never: Step = { ...missing, found: () => Promise.reject(new Error('ran on')) };
  await expect(runSteps([failing, never], () => undefined)).rejects.toThrow('source: there is no network.');
});
