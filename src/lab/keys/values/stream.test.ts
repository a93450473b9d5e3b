import { expect, test } from 'vitest';
import { bytesOf } from '../bytes.ts';
import * as stream from './stream.ts';
import { FIRST, KEY, ODD, start } from './value-rig.ts';

test('a stream: pages, groups, consumers, what is pending, and its end by XACK', async () => {
  const { run } = await start();
  for (let at = 1; at <= 12; at++)
    await run(stream.addEntry(KEY, `${at}-0`, [{ field: ODD, value: bytesOf(`${at}`) }]));
  const first = stream.readStream(await run(stream.streamCommands(KEY, FIRST)), FIRST);
  expect(first).toMatchObject({ length: 12, next: '(10-0' });
  const rest = { ...FIRST, from: '(10-0' };
  const second = stream.readStream(await run(stream.streamCommands(KEY, rest)), rest);
  expect(second.items).toEqual([
    { id: '11-0', fields: [{ field: ODD, value: bytesOf('11') }] },
    { id: '12-0', fields: [{ field: ODD, value: bytesOf('12') }] },
  ]);
  expect(second.next).toBeUndefined();
  const group = Uint8Array.of(0xff);
  await run([...stream.createGroup(KEY, group, '0'), ...stream.deliverNext(KEY, group, ODD)]);
  await run(stream.deliverNext(KEY, group, bytesOf('second')));
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))).toEqual([
    { name: group, consumers: 2, pending: 2, lastDelivered: '2-0', lag: 10 },
  ]);
  const seen = stream.readGroup(await run(stream.groupCommands(KEY, group, 10)));
  expect(seen.consumers).toMatchObject([{ pending: 1 }, { pending: 1 }]);
  expect(seen.pending).toMatchObject([{ id: '1-0', consumer: ODD, deliveries: 1, idleMs: 0 }, { id: '2-0' }]);
  await run([...stream.acknowledge(KEY, group, '1-0'), ...stream.removeEntry(KEY, '3-0')]);
  expect(stream.readGroup(await run(stream.groupCommands(KEY, group, 10))).pending).toHaveLength(1);
  // Redis does not know how far behind a group is once an entry before its place was deleted.
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))[0]?.lag).toBeUndefined();
  await run(stream.removeGroup(KEY, group));
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))).toEqual([]);
});
