import { expect, test } from 'vitest';
import { bytesOf, escaped } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import * as list from './list.ts';
import { FIRST, KEY, ODD, start } from './value-rig.ts';

test('a list: pages, push, set, insert, remove at the ends and within', async () => {
  const { client, run } = await start();
  await run(Array.from({ length: 25 }, (_, at): Command => ['RPUSH', KEY, `e${at}`]));
  const query = { ...FIRST, from: '20' };
  expect(list.readList(await run(list.listCommands(KEY, query)), query)).toMatchObject({
    length: 25,
    items: [20, 21, 22, 23, 24].map((index) => ({ index, value: bytesOf(`e${index}`) })),
    next: undefined,
  });
  expect(list.readList(await run(list.listCommands(KEY, FIRST)), FIRST).next).toBe('10');
  await client.command('LTRIM', KEY, 0, 2);
  await run(list.pushElement(KEY, 'head', ODD));
  await run(list.setElement(KEY, 1, bytesOf('same')));
  await run(list.setElement(KEY, 3, bytesOf('same')));
  await run(list.insertElement(KEY, 'AFTER', bytesOf('same'), bytesOf('in')));
  const all = async (): Promise<string[]> =>
    list.readList(await run(list.listCommands(KEY, FIRST)), FIRST).items.map(({ value }) => escaped(value));
  expect(await all()).toEqual(['\\xfe\\x00\\x80\\n', 'same', 'in', 'e1', 'same']);
  await run(list.removeElement(KEY, 1, 5, 'no element is called this'));
  await run(list.removeElement(KEY, 0, 4, ''));
  await run(list.removeElement(KEY, 2, 3, ''));
  expect(await all()).toEqual(['in', 'e1']);
});
