import { expect, test } from 'vitest';
import { bytesOf, escaped, idOf } from '../bytes.ts';
import * as set from './set.ts';
import { FIRST, KEY, ODD, start } from './value-rig.ts';

test('a set and a hash: every element once, in steps, filtered by the server', async () => {
  const { client, run } = await start();
  const members = Array.from({ length: 700 }, (_, at) => Uint8Array.of(0xff, at >> 8, at & 0xff));
  await client.command('SADD', KEY, ...members);
  await client.command('HSET', 'h', ...members.flatMap((member) => [member, ODD]));
  const found = { set: new Set<string>(), hash: new Set<string>() };
  for (let from: string | undefined = '0'; from !== undefined;) {
    const page = set.readSet(await run(set.setCommands(KEY, { ...FIRST, from })));
    expect(page.items.length).toBeLessThan(100);
    for (const member of page.items) found.set.add(idOf(member));
    from = page.next;
  }
  for (let from: string | undefined = '0'; from !== undefined;) {
    const page = set.readHash(await run(set.hashCommands('h', { ...FIRST, from })));
    for (const { field, value } of page.items) if (escaped(value) === escaped(ODD)) found.hash.add(idOf(field));
    from = page.next;
  }
  expect(found).toEqual({ set: new Set(members.map(idOf)), hash: new Set(members.map(idOf)) });
  await run([...set.addMember('s', ODD), ...set.addMember('s', bytesOf('plain')), ...set.removeMember('s', ODD)]);
  const page = set.readSet(await run(set.setCommands('s', { ...FIRST, match: 'pl*' })));
  expect(page).toEqual({ items: [bytesOf('plain')], length: 1, next: undefined });
  await run([...set.setField('h2', ODD, KEY), ...set.setField('h2', KEY, ODD), ...set.removeField('h2', ODD)]);
  expect(set.readHash(await run(set.hashCommands('h2', FIRST))).items).toEqual([{ field: KEY, value: ODD }]);
});
