import { expect, test, vi } from 'vitest';
import type { DirectMachine } from '../../../wasm-redis/direct/direct-machine.ts';
import { TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { RedisClient } from '../../../wasm-redis/resp/client.ts';
import { run, spawn, startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import { BusDecoder } from './bus-decoder.ts';
import { ReplicationDecoder } from './replication-decoder.ts';
import { type WireRow, WireLog } from './wire-log.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

const [A, B] = ['10.0.0.1', '10.0.0.2'];

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const told = ({ kind, from, summary, lost }: WireRow): string =>
  `${from.port === 6379 ? '<' : '>'} ${kind}${lost ? ' lost' : ''}: ${summary}`;

async function watch(machine: DirectMachine): Promise<{ log: WireLog; look: () => Promise<WireRow[]> }> {
  const capture = await machine.capture();
  const log = new WireLog();
  const look = async (): Promise<WireRow[]> => {
    await machine.settle();
    log.add(await machine.captured(capture));
    return log.read(Infinity);
  };
  return { log, look };
}

async function startPair(machine: DirectMachine, ...options: string[]): Promise<void> {
  for (const host of [A, B]) {
    const replicaOf = host === B ? ['--replicaof', A, '6379'] : [];
    const all = ['--protected-mode', 'no', '--save', '', '--repl-diskless-sync-delay', '0', ...options, ...replicaOf];
    await spawn(machine, { argv: ['redis-server', ...all], host, cwd: `/data/${host}` });
  }
}

test('a program’s conversation with a server, line by line', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const { look } = await watch(machine);
  await run(machine, ['redis-cli', 'SET', 'k', 'v']);
  expect((await look()).map(told)).toEqual([
    '> tcp: asks for a connection',
    '> command: SET k v',
    '< reply: OK',
    '> tcp: will send no more',
    '< tcp: will send no more',
  ]);
});

test('replication: the handshake, the snapshot up to its mark, then what the primary writes', async () => {
  const machine = startMachine();
  await startPair(machine);
  const { look } = await watch(machine);
  await machine.advance(2000);
  await run(machine, ['redis-cli', '-h', A, 'SET', 'k', 'v']);
  await machine.advance(1000);
  const rows = (await look()).filter(({ from, to }) => from.host !== '10.0.0.254' && to.host !== '10.0.0.254');
  const lines = rows.map(told);
  const psync = lines.findIndex((line) => line.startsWith('> command: PSYNC'));
  expect(lines[psync + 1]).toMatch(/^< reply: FULLRESYNC [0-9a-f]{40} \d+$/);
  const snapshot = rows.find(({ kind }) => kind === 'snapshot');
  expect(snapshot?.summary).toMatch(/^RDB, \d+ bytes$/);
  expect(String.fromCharCode(...snapshot!.bytes)).toMatch(/^\$EOF:\w{40}\r\nREDIS0010/);
  expect(lines).toContain('< command: SET k v');
  expect(lines.some((line) => /^> command: REPLCONF ACK \d+$/.test(line))).toBe(true);
  expect(rows.some(({ kind }) => kind === 'broken' || kind === 'missing')).toBe(false);
});

test('replication: a snapshot with its length, and a link that was there before', async () => {
  const machine = startMachine();
  await startPair(machine, '--repl-diskless-sync', 'no');
  const { look } = await watch(machine);
  await machine.advance(3000);
  const rows = await look();
  expect(rows.find(({ kind }) => kind === 'snapshot')?.details).toEqual([['sent', 'with its length in front']]);
  const later = await watch(machine);
  await machine.advance(2000);
  await run(machine, ['redis-cli', '-h', A, 'SET', 'k', 'v']);
  const lines = (await later.look()).map(told);
  expect(lines).toContain('< command: SET k v');
});

test('replication: pieces of any size, line ends between, and what is no snapshot', () => {
  const mark = 'm'.repeat(40);
  const stream = `\n\n+FULLRESYNC ${'a'.repeat(40)} 1\r\n\n\n$EOF:${mark}\r\nREDIS mmm ${mark}*1\r\n$4\r\nPING\r\n\n`;
  for (const pieceBytes of [1, 3, 17, 1000]) {
    const decoder = new ReplicationDecoder('replies', 0);
    const messages = [];
    for (let at = 0; at < stream.length; at += pieceBytes)
      messages.push(...decoder.push(bytesOf(stream.slice(at, at + pieceBytes))));
    expect(messages.map(({ kind }) => kind)).toEqual([
      'keep-alive',
      'keep-alive',
      'reply',
      'keep-alive',
      'keep-alive',
      'snapshot',
      'command',
      'keep-alive',
    ]);
    expect(messages.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(stream.length);
  }
  const refused = new ReplicationDecoder('replies', 0).push(
    bytesOf('-NOMASTERLINK Can’t\r\n+CONTINUE\r\n*1\r\n$4\r\nPING\r\n'),
  );
  expect(refused.map(({ kind }) => kind)).toEqual(['error', 'reply', 'command']);
  expect(new ReplicationDecoder('head', 0).push(bytesOf('hello\r\n'))[0]).toMatchObject({ kind: 'broken' });
  const partial = new ReplicationDecoder('head', 0);
  expect([...partial.push(bytesOf('$5\r')), ...partial.push(bytesOf('\nREDIS'))]).toMatchObject([
    { kind: 'snapshot', byteCount: 9 },
  ]);
});

test('the bus of a cluster: what nodes say agrees with what they answer', async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  const { log, look } = await watch(machine);
  await machine.advance(1500);
  const rows = (await look()).filter(({ kind }) => kind === 'bus');
  expect(rows.length).toBeGreaterThan(10);
  const nodes = (await lab.node('redis-1').ask('CLUSTER', 'NODES')) as string;
  const own = rows.find(({ from, summary }) => from.host === A && summary.startsWith('PING'))!;
  const detail = (name: string): string | undefined => own.details.find(([known]) => known === name)?.[1];
  const line = nodes.split('\n').find((text) => text.includes('myself'))!;
  const epoch = line.split(' ')[6]!;
  expect(own.details).toContainEqual(['sender', line.slice(0, 40)]);
  expect([detail('slots'), detail('config epoch'), detail('flags')]).toEqual([
    '0-5460 (5461)',
    epoch,
    'master, myself, migrate-to',
  ]);
  expect([detail('port, bus port'), detail('cluster state')]).toEqual(['6379, 16379', 'ok']);
  const gossip = own.details.filter(([name]) => name.startsWith('gossip on '));
  expect(gossip.length).toBeGreaterThan(0);
  for (const [name, value] of gossip) {
    const about = nodes.split('\n').find((text) => text.startsWith(name.slice('gossip on '.length)))!;
    expect(value.split(' ')[0]).toBe(about.split(' ')[1]);
  }
  expect(log.hostOf(line.slice(0, 40))).toBe(A);
});

test('a failover on the bus: suspicion, failure, a vote asked for and given; a publication', async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  const { look } = await watch(machine);
  const id = (await lab.node('redis-1').ask('CLUSTER', 'MYID')) as string;
  await run(machine, ['redis-cli', '-h', B, 'PUBLISH', 'news', 'hello']);
  await lab.node('redis-1').kill();
  await machine.advance(12_000);
  const bus = (await look()).filter(({ kind }) => kind === 'bus');
  const summaries = bus.map(({ summary }) => summary);
  expect(summaries.some((summary) => summary.includes(`saying ${id} pfail`))).toBe(true);
  for (const words of [`FAIL, ${id} has failed`, 'FAILOVER_AUTH_REQUEST', 'FAILOVER_AUTH_ACK', 'PUBLISH, on "news"']) {
    expect(
      summaries.some((summary) => summary.startsWith(words)),
      words,
    ).toBe(true);
  }
  expect(bus.find(({ summary }) => summary.startsWith('PUBLISH'))?.details).toContainEqual(['message', '"hello"']);
});

test('the bus: pieces of any size, and what is none', () => {
  const message = new Uint8Array(2256);
  message.set(bytesOf('RCmb\0\0\x08\xd0'));
  const twice = new Uint8Array([...message, ...message]);
  const decoder = new BusDecoder();
  const messages = [];
  for (let at = 0; at < twice.length; at += 5) messages.push(...decoder.push(twice.subarray(at, at + 5)));
  expect(messages.map(({ kind, offset }) => [kind, offset])).toEqual([
    ['bus', 0],
    ['bus', 2256],
  ]);
  expect(new BusDecoder().push(bytesOf('RCmc----and more'))).toMatchObject([{ kind: 'broken', byteCount: 16 }]);
  expect(new BusDecoder().push(bytesOf('RCmb\0\0\0\x0cabcd'))).toMatchObject([
    { kind: 'bus', summary: 'a message of 12 bytes, shorter than a header' },
  ]);
});

test('a connection of the page is marked; bytes that were not kept are said to be missing', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const { log, look } = await watch(machine);
  const client = await RedisClient.connect(machine, { port: 6379 });
  await client.call('PING');
  const rows = await look();
  expect(rows.map(({ outside }) => outside)).toEqual([true, true, true]);
  const data = log.segments.filter(({ kind }) => kind === 'data');
  const late = new WireLog();
  late.add({ segments: [data[0]!], bytes: new Uint8Array(0), dropped: 0 });
  late.read();
  late.add({ segments: [{ ...data[0]!, offset: 100 }], bytes: new Uint8Array(0), dropped: 3 });
  const gap = late.read();
  expect(gap.map(told)).toEqual(['> missing: 86 bytes passed unread', '> command: PING']);
  expect(late.dropped).toBe(3);
});

test('what is lost is seen once as a message, and told when it is sent again', async () => {
  const machine = startMachine();
  await startPair(machine);
  await machine.advance(2000);
  const { look } = await watch(machine);
  // By what it acknowledges each second a replica is known.
  await machine.advance(1000);
  await machine.inject({ type: 'cut', from: A, to: B });
  await run(machine, ['redis-cli', '-h', A, 'SET', 'k', 'v']);
  await machine.advance(300);
  await machine.inject({ type: 'heal' });
  await machine.advance(3000);
  const lines = (await look())
    .filter(({ to, from }) => from.host !== '10.0.0.254' && to.host !== '10.0.0.254')
    .map(told);
  expect(lines.filter((line) => line.includes('SET k v'))).toEqual(['< command lost: SET k v']);
  expect(lines.some((line) => /^< tcp: \d+ bytes sent again$/.test(line))).toBe(true);
});

test('of very much only the newest rows stay; it is read in parts, and what is too much for that is a gap', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const { log, look } = await watch(machine);
  for (let round = 0; round < 4; round++) {
    await run(machine, ['redis-benchmark', '-n', '1000', '-c', '1', '-t', 'ping_mbulk', '-q']);
    await look();
  }
  expect(log.rows.length).toBe(3000);
  expect(log.rows.at(-1)!.id).toBeGreaterThan(8000);
  const segments = log.segments.filter(({ kind }) => kind === 'data').slice(-2000);
  log.clear();
  expect([log.rows.length, log.segments.length, log.behind]).toEqual([0, 0, false]);

  const busy = new WireLog();
  busy.add({ segments, bytes: new Uint8Array(0), dropped: 0 });
  const first = busy.read();
  expect([first.length > 100, first.length < 1000, busy.behind]).toEqual([true, true, true]);
  while (busy.behind) busy.read();
  expect(busy.rows.map(({ kind }) => kind).filter((kind) => kind !== 'command' && kind !== 'reply')).toEqual([]);
  const many = Array.from({ length: 10 }, () => segments)
    .flat()
    .map((segment, at) => ({ ...segment, offset: at * 100 }));
  const overrun = new WireLog();
  overrun.add({ segments: many.slice(0, 10), bytes: new Uint8Array(0), dropped: 0 });
  overrun.read();
  overrun.add({ segments: many.slice(10), bytes: new Uint8Array(0), dropped: 0 });
  expect(overrun.read()[0]).toMatchObject({ kind: 'missing' });
});
