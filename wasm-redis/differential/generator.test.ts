import { expect, test } from 'vitest';
import { readDocumentation } from './documentation.ts';
import { Generator } from './generator.ts';
import { stepsOf } from './sequence.ts';
import { WasmContender } from './wasm-contender.ts';

async function generator(): Promise<Generator> {
  const server = await WasmContender.start(1);
  const commands = await readDocumentation(server);
  await server.stop();
  return new Generator(commands);
}

test('a key that PEXPIRE ends is met before the group ends, where the digest may be asked', async () => {
  const sequences = await generator();
  const groups = Array.from({ length: 60 }, (_, seed) => sequences.sequence(seed, 200).groups).flat();
  const ending = groups.filter(([first]) => first!.args[0] === 'PEXPIRE' && first!.waitMs !== undefined);
  expect(ending.length).toBeGreaterThan(20);
  for (const [first, meeting, last] of ending) {
    expect(meeting!.args[1]).toBe(first!.args[1]);
    expect(last!.args).toEqual(['EXISTS', first!.args[1]]);
  }
});

test('what could be left to the order of a set is sorted only from a key made for it', async () => {
  const sequences = await generator();
  const steps = Array.from({ length: 200 }, (_, seed) => stepsOf(sequences.sequence(seed, 200))).flat();
  const sorts = steps.filter(({ args }) => /^sort(_ro)?$/i.test(args[0]!)).map(({ args }) => args);
  const leavesOrder = sorts.filter(
    (args) => args.includes('nosort') || (args.includes('BY') && args.includes('ALPHA')),
  );
  expect(leavesOrder.length).toBeGreaterThan(5);
  expect(leavesOrder.filter(([, key]) => !key!.startsWith('sort:'))).toEqual([]);
  expect(leavesOrder.filter((args) => args[1] === 'sort:zset' && !args.includes('nosort'))).toEqual([]);
});
