import { expect, test } from 'vitest';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { askedMachine, LAB_MACHINES } from './lab-machines.ts';

test('the lab offers every preset, each once', () => {
  expect(LAB_MACHINES.map(({ name }) => name).sort()).toEqual(Object.keys(TOPOLOGIES).sort());
});

test('an address may name a machine; another name is said, and the first machine stands in', () => {
  expect(askedMachine('')).toEqual({ name: 'sentinel' });
  expect(askedMachine('?machine=cluster')).toEqual({ name: 'cluster' });
  expect(askedMachine('?machine=toString')).toEqual({ name: 'sentinel', unknown: 'toString' });
});
