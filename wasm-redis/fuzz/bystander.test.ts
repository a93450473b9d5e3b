import { expect, test } from 'vitest';
import { attackMachine } from './attack-machine.ts';
import { Bystander, watchMemory } from './bystander.ts';

test('what happens to a server beside is seen: another value, and its end', async () => {
  const machine = attackMachine();
  const bystander = await Bystander.start(machine);
  expect(await bystander.harm()).toBeUndefined();
  await bystander.server.ask('SET', 'str:a', 'another');
  expect(await bystander.harm()).toContain('has changed');
  await bystander.server.ask('DEBUG', 'SEGFAULT');
  expect(await bystander.harm()).toContain('has ended');
  await machine.dispose();
});

test('a byte of another memory that changes is seen', () => {
  const memory = { bytes: new Uint8Array(1000) };
  const check = watchMemory(memory);
  expect(check).not.toThrow();
  memory.bytes[999] = 1;
  expect(check).toThrow('changed at 999');
});
