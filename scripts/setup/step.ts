import { performance } from 'node:perf_hooks';
import { SetupError } from '../build-engine/run.ts';

/** One thing that a fresh clone lacks. */
export interface Step {
  /** A noun, as it stands at the beginning of the line. */
  name: string;
  /** What is there already, in a few words; undefined if the step has to be done. */
  found: () => Promise<string | undefined>;
  /** Does it. Resolves with what was done, in a few words; rejects with `SetupError`. */
  make: () => Promise<string>;
}

/** Does the steps in order, those that are needed, and prints one line for each. Stops at the first that fails. */
export async function runSteps(steps: readonly Step[], print: (line: string) => void = console.log): Promise<void> {
  for (const step of steps) {
    const began = performance.now();
    const found = await step.found();
    const done = found ?? (await step.make().catch((cause: unknown) => explain(step, cause)));
    print(`${step.name}: ${done}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
}

function explain({ name }: Step, cause: unknown): never {
  if (!(cause instanceof SetupError)) throw cause;
  throw new SetupError(`${name}: ${cause.message}`, { cause });
}
