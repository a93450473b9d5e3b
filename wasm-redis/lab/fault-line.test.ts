import { expect, test } from 'vitest';
import { startMachine } from '../tests/rig.ts';
import { FAULT_FORMS, faultLine, FaultLineError, readFaultLine } from './fault-line.ts';
import { apply } from './fault-schedule.ts';
import { readTopology } from './read-topology.ts';
import { startTopology } from './start-topology.ts';

const topology = readTopology({
  nodes: ['a', 'b', 'c', 'd'].map((name) => ({ name, ...(name === 'd' ? { replicaOf: 'a' } : {}) })),
});
const read = (text: string) => readFaultLine(text, topology);

test.each([
  ['kill a', { type: 'kill', node: 'a' }],
  ['restart b empty', { type: 'restart', node: 'b', emptyDisk: true }],
  ['cut a b', { type: 'cut', from: '10.0.0.1', to: '10.0.0.2' }],
  ['cut a -> lab', { type: 'cut', from: '10.0.0.1', to: '127.0.0.1', oneWay: true }],
  [
    'split a b | c d',
    {
      type: 'split',
      groups: [
        ['10.0.0.1', '10.0.0.2'],
        ['10.0.0.3', '10.0.0.4'],
      ],
    },
  ],
  ['heal', { type: 'heal' }],
  ['heal b -> c', { type: 'heal', from: '10.0.0.2', to: '10.0.0.3', oneWay: true }],
  ['disk c full', { type: 'disk', host: '10.0.0.3', freeBytes: 0 }],
  ['disk c 64kb', { type: 'disk', host: '10.0.0.3', freeBytes: 65536 }],
  ['disk c ok', { type: 'disk', host: '10.0.0.3', freeBytes: null }],
  ['cancel', { type: 'cancel' }],
  ['cancel stop b', { type: 'cancel', fault: { type: 'stop', node: 'b' } }],
  ['fsync c 50ms', { type: 'disk', host: '10.0.0.3', fsyncMs: 50 }],
])('%s is a fault of the nodes’ hosts', (text, fault) => {
  expect(read(text)).toEqual({ fault, afterMs: 0 });
});

test('latency has a jitter, written in either way, or none', () => {
  const fault = { type: 'latency', from: '10.0.0.1', to: '10.0.0.2', latencyMs: 100, jitterMs: 20 };
  expect(read('latency a b 100ms ±20ms').fault).toEqual(fault);
  expect(read('latency a b 0.1s +-20ms').fault).toEqual(fault);
  expect(read('latency a -> b 100ms').fault).toEqual({ ...fault, jitterMs: 0, oneWay: true });
});

test('a fault may come later', () => {
  expect(read('kill a after 3s')).toEqual({ fault: { type: 'kill', node: 'a' }, afterMs: 3000 });
  expect(read('  heal  after 500ms ').afterMs).toBe(500);
});

test('every form that is listed can be read, and is written as it is read', () => {
  for (const { form } of FAULT_FORMS) {
    const order = read(form);
    expect(faultLine(order, topology)).toBe(form);
    expect(read(faultLine({ ...order, afterMs: 0 }, topology))).toEqual(order);
  }
  expect(faultLine(read('kill a after 90s'), topology)).toBe('kill a after 90s');
});

const NAMES = 'the name of a node (a, b, c, d)';
test.each([
  ['kill shop', `expected ${NAMES}, found \`shop\`. In \`kill shop\`.`],
  ['kill', 'expected a fault in one of its forms, found `kill`. Write `kill a`.'],
  ['kill a b', 'expected a fault in one of its forms, found `kill a b`. Write `kill a`.'],
  ['restart a full', /Write `restart a`, `restart a empty`\.$/],
  ['cut a', /Write `cut a b`, `cut a -> b`\.$/],
  ['cut a a', /expected two nodes on different hosts/],
  ['cut a x', `expected ${NAMES}, found \`x\`. In \`cut a x\`.`],
  ['split a b c', /Write `split a b \| c d`\.$/],
  ['split a | b a', /expected each host in one group/],
  ['latency a b quick', /expected a length of time as in `100ms` or `2s`, found `quick`/],
  ['disk a half', /Write `disk a full`, `disk a 64kb`, `disk a ok`\.$/],
  ['explode a', /expected a fault: kill, stop, continue, restart, cut, split, latency, heal, disk, fsync/],
  ['kill a after lunch', /The end is `after` and a length of time/],
  ['restart a after 3s', /Let the time pass first/],
  ['cancel kill a after 3s', /expected a cancel at once, .* Write it without the time, as in `cancel kill a`\.$/],
  ['cancel kill', 'expected a fault in one of its forms, found `kill`. Write `kill a`.'],
  ['cancel restart a', /expected a fault that may come later, .* Write `cancel kill a`, `cancel`\.$/],
])('%s is refused in words that help', (text, message) => {
  expect(() => read(text)).toThrow(FaultLineError);
  expect(() => read(text)).toThrow(message);
});

test('what is read does what it says, at its time', { timeout: 30_000 }, async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, topology);
  const order = async (text: string): Promise<void> => {
    const { fault, afterMs } = read(text);
    await apply(lab, fault, afterMs);
  };
  await order('kill b after 3s');
  await order('split a | d');
  await machine.advance(2900);
  expect(await lab.node('b').ask('PING')).toBe('PONG');
  await machine.advance(200);
  expect(lab.node('b').pid).toBeUndefined();
  expect((await machine.faults()).links.filter(({ cut }) => cut)).toHaveLength(2);
  await order('heal');
  expect((await machine.faults()).links.filter(({ cut }) => cut)).toEqual([]);
  await lab.node('a').ask('SET', 'k', 'v');
  await order('restart a empty');
  expect(await lab.node('a').ask('DBSIZE')).toBe(0);
});

test('what was ordered for later is taken back by its words, or all at once', { timeout: 30_000 }, async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, topology);
  const order = async (text: string): Promise<void> => {
    const { fault, afterMs } = read(text);
    await apply(lab, fault, afterMs);
  };
  const later = async (): Promise<unknown[]> => (await machine.faults()).later.map(({ fault }) => fault.type);
  for (const line of [
    'stop b after 1s',
    'cut a d after 2s',
    'stop b after 3s',
    'split a | d after 4s',
    'heal after 9s',
  ]) {
    await order(line);
  }
  await order('cancel stop b');
  expect(await later()).toEqual(['cut', 'split', 'heal']);
  await order('cancel split a | d');
  expect(await later()).toEqual(['cut', 'heal']);
  await expect(order('cancel cut b d')).rejects.toThrow(
    'expected a fault that is still to come, found `cut b d`. Scheduled: `cut a d`, `heal`.',
  );
  await order('cancel');
  await machine.advance(5000);
  expect(await lab.node('b').ask('PING')).toBe('PONG');
  expect(await machine.faults()).toEqual({ links: [], disks: [], later: [] });
  await expect(order('cancel kill a')).rejects.toThrow('found `kill a`. Nothing is scheduled.');
});
