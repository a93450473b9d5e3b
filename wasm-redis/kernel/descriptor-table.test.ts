import { expect, test } from 'vitest';
import { choices } from '../tests/choices.ts';
import { DESCRIPTORS_MAX, DescriptorTable } from './descriptor-table.ts';
import { NullDevice } from './open-file.ts';

test('a new descriptor is the lowest that is free', () => {
  const table = new DescriptorTable([new NullDevice(), new NullDevice(), new NullDevice()]);
  expect(table.add(new NullDevice())).toBe(3);
  expect(table.add(new NullDevice())).toBe(4);
  table.close(1);
  table.close(3);
  expect(table.add(new NullDevice())).toBe(1);
  expect(table.add(new NullDevice())).toBe(3);
  expect(table.add(new NullDevice())).toBe(5);
});

test('any order of opening and closing keeps that rule', () => {
  const { below } = choices(4);
  const table = new DescriptorTable();
  const open = new Set<number>();
  for (let step = 0; step < 2000; step++) {
    if (below(5) < 3) {
      const fd = table.add(new NullDevice())!;
      expect([...Array(fd).keys()].every((lower) => open.has(lower))).toBe(true);
      expect(open.has(fd)).toBe(false);
      open.add(fd);
    } else if (open.size > 0) {
      const fd = [...open][below(open.size)]!;
      expect(table.close(fd)).toBe(true);
      expect(table.close(fd)).toBe(false);
      open.delete(fd);
    }
  }
});

test('a file is closed with its last descriptor, in whatever table', () => {
  const file = new NullDevice();
  const table = new DescriptorTable([file]);
  table.assign(7, file);
  const child = table.duplicate();
  table.closeAll();
  expect(file.closed).toBe(false);
  child.close(0);
  expect(file.closed).toBe(false);
  child.close(7);
  expect(file.closed).toBe(true);
});

test('dup2 closes what was there, and onto itself changes nothing', () => {
  const [first, second] = [new NullDevice(), new NullDevice()];
  const table = new DescriptorTable([first, second]);
  table.assign(1, first);
  expect(second.closed).toBe(true);
  table.assign(0, first);
  expect(first.closed).toBe(false);
  expect(table.get(0)).toBe(first);
});

test('a full table says so', () => {
  const table = new DescriptorTable(Array.from({ length: DESCRIPTORS_MAX }, () => new NullDevice()));
  expect(table.add(new NullDevice())).toBe(undefined);
});
