import { expect, onTestFinished, test, vi } from 'vitest';
import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { cluster, node, TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import type { Topology } from '../../../wasm-redis/lab/topology.ts';
import { startMachine } from '../../../wasm-redis/tests/rig.ts';
import type { LabView, NodeView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { LabObserver } from '../observer.ts';
import { beliefsOf, isDisputed } from './beliefs.ts';
import { faultWords } from './fault-words.ts';
import { CARD, layOut } from './lay-out.ts';
import { linksOf } from './links.ts';
import { type NodeCard, nodeCards } from './node-card.ts';
import { electionsOf } from './votes.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

/** Of real time: nodes that run answer, however busy the computer is. */
const LIMIT_MS = 30_000;

async function observed(topology: Topology): Promise<{ lab: Lab; look: () => Promise<LabView> }> {
  const lab = await startTopology(startMachine(), topology);
  const observer = new LabObserver(lab, LIMIT_MS);
  onTestFinished(() => observer.close());
  await observer.look();
  return { lab, look: () => observer.look() };
}

const cardsOf = (view: LabView): NodeCard[] => nodeCards(view, nodeNames(view));
const cardOf = (view: LabView, name: string): NodeCard | undefined => cardsOf(view).find((card) => card.name === name);
const hostsOf = (lab: Lab, ...names: string[]): string[] => names.map((name) => lab.node(name).description.host);

test('cards of a replication say role, link, offset and lag, keys and memory', async () => {
  const { lab, look } = await observed(TOPOLOGIES.replication);
  await lab.node('redis-1').ask('SET', 'k', 'v');
  const view = await look();
  expect(cardOf(view, 'redis-1')).toMatchObject({ kind: 'primary', role: 'primary', statusText: 'answers', keys: '1' });
  const replica = cardOf(view, 'redis-2');
  expect(replica).toMatchObject({
    role: 'replica of redis-1',
    link: { up: true, text: 'link to redis-1 up' },
    address: '10.0.0.2:6379',
  });
  expect(replica?.offset).toMatch(/^\d+, level$/);
  expect(replica?.memory).toMatch(/^\d+\.\d kB|MB$/);
});

test('a replica that is cut off is behind, and its link is drawn as cut and down', async () => {
  const { lab, look } = await observed(TOPOLOGIES.replication);
  const [from = '', to = ''] = hostsOf(lab, 'redis-1', 'redis-2');
  await lab.machine.inject({ type: 'cut', from, to });
  await lab.node('redis-1').ask('SET', 'k', 'v'.repeat(1000));
  await lab.machine.advance(70_000);
  const view = await look();
  expect(cardOf(view, 'redis-2')?.offset).toMatch(/^\d+, \d{4} behind$/);
  expect(cardOf(view, 'redis-2')?.link?.text).toMatch(/^link to redis-1 down/);
  expect(linksOf(view)).toContainEqual({ from: 'redis-1', to: 'redis-2', kind: 'replication', up: false, cut: true });
  expect(linksOf(view)).toContainEqual({ from: 'redis-1', to: 'redis-3', kind: 'replication', up: true, cut: false });
  expect(faultWords(view, nodeNames(view))).toEqual(['The link between redis-1 and redis-2 is cut.']);
});

test('a split is one sentence, and what the two sides believe stands side by side', async () => {
  const { lab, look } = await observed(TOPOLOGIES.sentinel);
  const before = await look();
  expect(beliefsOf(before, nodeNames(before)).filter(isDisputed)).toEqual([]);
  const near = ['redis-1', 'sentinel-1'];
  const far = ['redis-2', 'redis-3', 'sentinel-2', 'sentinel-3'];
  await lab.machine.inject({ type: 'split', groups: [hostsOf(lab, ...near), hostsOf(lab, ...far)] });
  await lab.machine.advance(30_000);
  const view = await look();
  const names = nodeNames(view);
  const [sentence = '', ...more] = faultWords(view, names);
  expect(more).toEqual([]);
  for (const group of [near, far]) expect(sentence).toContain(group.join(', '));
  const [watched, servers] = beliefsOf(view, names).filter(isDisputed);
  expect(watched?.answers).toEqual([
    { answer: 'redis-1, epoch 0', by: ['sentinel-1'] },
    { answer: expect.stringMatching(/^redis-[23], epoch 1$/), by: ['sentinel-2', 'sentinel-3'] },
  ]);
  expect(servers?.answers).toHaveLength(2);
});

test('a server that has nothing to do with the others contradicts nobody', async () => {
  const { look } = await observed({ nodes: [...TOPOLOGIES.replication.nodes, node('server', 9, 'alone')] });
  const view = await look();
  expect(beliefsOf(view, nodeNames(view))).toEqual([
    {
      question: 'redis-1, redis-2, redis-3: which node is their primary?',
      answers: [{ answer: 'redis-1', by: ['redis-1', 'redis-2', 'redis-3'] }],
    },
  ]);
});

test('an old primary and the replica that was promoted by hand are known as two who claim to be it', async () => {
  const { lab, look } = await observed(TOPOLOGIES.replication);
  await lab.node('redis-2').ask('REPLICAOF', 'NO', 'ONE');
  await lab.machine.advance(1000);
  const view = await look();
  const [belief] = beliefsOf(view, nodeNames(view));
  expect(belief?.answers).toEqual([
    { answer: 'redis-1', by: ['redis-1', 'redis-3'] },
    { answer: 'redis-2', by: ['redis-2'] },
  ]);
});

test('a killed primary is marked as gone and accused by the others, and the votes are told', async () => {
  const { lab, look } = await observed(TOPOLOGIES.cluster);
  await lab.node('redis-1').kill();
  await lab.machine.advance(20_000);
  const view = await look();
  const gone = cardOf(view, 'redis-1');
  expect(gone).toMatchObject({
    status: 'gone',
    accusations: ['FAIL, says redis-2, redis-3, redis-4, redis-5, redis-6'],
  });
  expect(gone?.statusText).toMatch(/^refuses connections, last answer 20 s ago$/);
  expect(cardOf(view, 'redis-4')).toMatchObject({ kind: 'primary', slots: '0-5460 (5461)', epoch: '7 of 7' });
  expect(electionsOf(view, nodeNames(view))).toEqual([
    { epoch: 7, atMs: expect.any(Number), votes: [{ candidate: 'redis-4', voters: ['redis-2', 'redis-3'] }] },
  ]);
});

test('Sentinel votes are told once each, though voter and candidate both log them', async () => {
  const { lab, look } = await observed(TOPOLOGIES.sentinel);
  await lab.node('redis-1').kill();
  await lab.machine.advance(20_000);
  const view = await look();
  const [election] = electionsOf(view, nodeNames(view));
  expect(election?.votes.flatMap(({ voters }) => voters).sort()).toEqual(['sentinel-1', 'sentinel-2', 'sentinel-3']);
});

/** A view with nothing but who replicates whom. */
function sketch(
  nodes: readonly { name: string; host: string; port: number; kind: NodeView['kind']; replicaOf?: string }[],
): LabView {
  const addressOf = (name: string | undefined): string => {
    const found = nodes.find((other) => other.name === name);
    return `${found?.host}:${found?.port}`;
  };
  return {
    nowMs: 0,
    uptimeMs: 0,
    faults: { links: [], disks: [], later: [] },
    events: [],
    logs: new Map(),
    nodes: nodes.map(({ name, host, port, kind, replicaOf }): NodeView => ({
      name,
      host,
      port,
      kind,
      reachability: 'answers',
      ...(kind === 'sentinel'
        ? {}
        : {
            server: {
              role: replicaOf === undefined ? 'primary' : 'replica',
              runId: '',
              version: '',
              uptimeSeconds: 0,
              replicationId: '',
              offset: 0,
              replicas: [],
              memoryBytes: 0,
              maxMemoryBytes: 0,
              keys: 0,
              ...(replicaOf === undefined
                ? {}
                : { primary: { address: addressOf(replicaOf), link: 'up', state: '', lastHeardSeconds: 0 } }),
            },
          }),
    })),
  };
}

/** 1+2 servers, three Sentinels, 3+3 cluster nodes, one more. */
const THIRTEEN = [
  ...TOPOLOGIES.sentinel.nodes,
  ...cluster(3).map((member) => ({
    ...member,
    name: `c${member.name}`,
    host: `10.0.1${member.host.slice(6)}`,
    ...(member.replicaOf === undefined ? {} : { replicaOf: `c${member.replicaOf}` }),
  })),
  node('server', 99, 'alone'),
];
const SKETCHES = [
  ['1', [node('server', 1, 'redis-1')]],
  ['1+2', TOPOLOGIES.replication.nodes],
  ['1+2+3', TOPOLOGIES.sentinel.nodes],
  ['3+3', cluster(3)],
  ['13', THIRTEEN],
] as const;

test.each(SKETCHES.flatMap(([name, nodes]) => [142, 300, 700, 1100].map((width) => [name, width, nodes] as const)))(
  '%s nodes in %d pixels: each has its place, none lies on another, none sticks out',
  (_, width, nodes) => {
    const { places, cardHeight, ...size } = layOut(sketch(nodes), width);
    expect(places.map(({ name }) => name).sort()).toEqual(nodes.map(({ name }) => name).sort());
    for (const place of places) {
      expect(place.x).toBeGreaterThanOrEqual(0);
      expect(place.x + CARD.width).toBeLessThanOrEqual(size.width);
      expect(place.y + cardHeight).toBeLessThanOrEqual(size.height);
      const touching = places.filter(
        ({ x, y }) => Math.abs(x - place.x) < CARD.width && Math.abs(y - place.y) < cardHeight,
      );
      expect(touching).toEqual([place]);
    }
    expect(size.width).toBe(width);
  },
);

test('two cards stand side by side on a phone', () => {
  const { places } = layOut(sketch(cluster(3)), 300);
  expect(new Set(places.map(({ x }) => x)).size).toBeGreaterThan(1);
});

test('replicas stand under their primary, and two that replicate each other still have a place', () => {
  const { places } = layOut(sketch(TOPOLOGIES.replication.nodes), 700);
  const [primary, one, other] = places;
  expect(primary?.y).toBeLessThan(one?.y ?? 0);
  expect(one?.y).toBe(other?.y);
  const circle = [
    { ...node('server', 1, 'a'), replicaOf: 'b' },
    { ...node('server', 2, 'b'), replicaOf: 'a' },
  ];
  expect(layOut(sketch(circle), 700).places).toHaveLength(2);
});

test('ids and addresses in a text become names; strangers stay', async () => {
  const { lab, look } = await observed(TOPOLOGIES.cluster);
  const id = (await lab.node('redis-5').ask('CLUSTER', 'MYID')) as string;
  await lab.node('redis-5').kill();
  const names = nodeNames(await look());
  expect(names.nameAll(`${id} was 10.0.0.5:6379 on 10.0.0.5, not 10.9.9.9:1 or ${'ab'.repeat(20)}.`)).toBe(
    'redis-5 was redis-5 on redis-5, not 10.9.9.9:1 or abababab.',
  );
});
