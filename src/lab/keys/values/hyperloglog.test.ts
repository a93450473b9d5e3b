import { expect, test } from 'vitest';
import { bytesOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import * as hyperloglog from './hyperloglog.ts';
import { KEY, ODD, start } from './value-rig.ts';

test('a HyperLogLog: sparse and dense, its registers, and whether the kept count holds', async () => {
  const { client, run } = await start();
  const read = async (): Promise<hyperloglog.HyperLogLog> => {
    const [reply] = await run(hyperloglog.hyperLogLogCommands(KEY));
    const value = reply?.kind === 'bulk' ? hyperloglog.readHyperLogLog(reply.bytes) : undefined;
    if (!value) throw new Error('there is no HyperLogLog');
    return value;
  };
  await run(hyperloglog.addElement(KEY, ODD));
  expect(await read()).toMatchObject({ encoding: 'sparse', cacheIsValid: false });
  await run(hyperloglog.countCommand(KEY));
  const one = await read();
  expect(one).toMatchObject({ cachedCount: 1n, cacheIsValid: true });
  expect(one.registers.get(0)).toBe(hyperloglog.REGISTERS - 1);
  await run(Array.from({ length: 5000 }, (_, at): Command => ['PFADD', KEY, `visitor:${at}`]));
  const sparse = await read();
  await client.command('PFDEBUG', 'GETREG', KEY);
  const registers = await client.call('PFDEBUG', 'GETREG', KEY);
  const counts = new Map<number, number>();
  for (const value of registers as number[]) counts.set(value, (counts.get(value) ?? 0) + 1);
  const dense = await read();
  expect(dense.encoding).toBe('dense');
  expect(dense.registers).toEqual(counts);
  expect([...sparse.registers.values()].reduce((sum, many) => sum + many, 0)).toBe(hyperloglog.REGISTERS);
  expect(hyperloglog.readHyperLogLog(bytesOf('HYLL is a word of four letters'))).toBeUndefined();
  expect(hyperloglog.looksLikeHyperLogLog(bytesOf('HYLL\u0001'), 20)).toBe(true);
  expect(
    hyperloglog.readHyperLogLog(Uint8Array.from([...bytesOf('HYLL\u0001'), ...Array<number>(15).fill(0)])),
  ).toBeUndefined();
});

test('the registers of a sparse HyperLogLog are those that the server decodes', async () => {
  const { client, run } = await start();
  await run(Array.from({ length: 300 }, (_, at): Command => ['PFADD', KEY, `visitor:${at}`]));
  const [reply] = await run(hyperloglog.hyperLogLogCommands(KEY));
  const value = reply?.kind === 'bulk' ? hyperloglog.readHyperLogLog(reply.bytes) : undefined;
  expect(value?.encoding).toBe('sparse');
  const counts = new Map<number, number>();
  for (const register of (await client.call('PFDEBUG', 'GETREG', KEY)) as number[]) {
    counts.set(register, (counts.get(register) ?? 0) + 1);
  }
  expect(value?.registers).toEqual(counts);
});
