import { expect, test } from 'vitest';
import { TOPOLOGIES } from './presets.ts';
import { readTopology } from './read-topology.ts';
import { SLOTS, TopologyError } from './topology.ts';

/** What is said of a topology that is none. */
function complaint(value: unknown): string {
  try {
    readTopology(value);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
  return 'nothing';
}

test('a name stands for a topology that is known', () => {
  expect(readTopology('sentinel')).toBe(TOPOLOGIES.sentinel);
  expect(TOPOLOGIES.sentinel.nodes.map(({ name }) => name)).toEqual([
    'redis-1',
    'redis-2',
    'redis-3',
    'sentinel-1',
    'sentinel-2',
    'sentinel-3',
  ]);
});

/** All but `single`, which is a command line and no list of nodes. */
const WRITTEN = Object.entries(TOPOLOGIES).filter(([name]) => name !== 'single');
test.each(WRITTEN)('%s is in the form that a lesson may write', (_name, topology) => {
  expect(readTopology(JSON.parse(JSON.stringify(topology)))).toEqual(topology);
});

test('the cluster has every slot once', () => {
  const ranges = TOPOLOGIES.cluster.nodes.flatMap(({ slots }) => (slots ? [slots] : []));
  expect(ranges).toEqual([
    [0, 5460],
    [5461, 10922],
    [10923, SLOTS - 1],
  ]);
});

test('what is not said of a node has a default', () => {
  const { nodes } = readTopology({
    nodes: [
      { name: 'a', options: { appendonly: true, hz: 50 }, data: ['SET k v', ['SET', 'two words', 'v']] },
      { name: 'b', replicaOf: 'a' },
      { name: 's', kind: 'sentinel', monitors: 'a' },
    ],
  });
  expect(nodes).toEqual([
    {
      name: 'a',
      kind: 'server',
      host: '10.0.0.1',
      port: 6379,
      options: { appendonly: 'yes', hz: '50' },
      files: {},
      data: [
        ['SET', 'k', 'v'],
        ['SET', 'two words', 'v'],
      ],
    },
    { name: 'b', kind: 'server', host: '10.0.0.2', port: 6379, replicaOf: 'a', options: {}, files: {}, data: [] },
    {
      name: 's',
      kind: 'sentinel',
      host: '10.0.0.3',
      port: 26379,
      monitors: 'a',
      quorum: 1,
      options: {},
      files: {},
      data: [],
    },
  ]);
});

test.each([
  ['no topology', 'ring'],
  ['no nodes', { nodes: [] }],
  ['an unknown field', { nodes: [{ name: 'a', replicaof: 'b' }] }],
  ['no name', { nodes: [{ port: 6379 }] }],
  ['a loopback address', { nodes: [{ name: 'a', host: '127.0.0.1' }] }],
  ['a port that is none', { nodes: [{ name: 'a', port: 'x' }] }],
  ['one name twice', { nodes: [{ name: 'a' }, { name: 'a' }] }],
  ['one address twice', { nodes: [{ name: 'a' }, { name: 'b', host: '10.0.0.1' }] }],
  ['a primary that is not there', { nodes: [{ name: 'a', replicaOf: 'x' }, { name: 'b' }] }],
  ['a sentinel that watches nobody', { nodes: [{ name: 's', kind: 'sentinel' }] }],
  ['slots that are missing', { nodes: [{ name: 'a', slots: [0, 100] }] }],
  [
    'slots at two nodes',
    {
      nodes: [
        { name: 'a', slots: [0, 9000] },
        { name: 'b', slots: [9000, 16383] },
      ],
    },
  ],
  ['a command without words', { nodes: [{ name: 'a', data: [''] }] }],
] as const)('%s: the message says what was expected and what was found', (_what, value) => {
  expect(complaint(value)).toMatchSnapshot();
});
