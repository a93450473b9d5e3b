/** Everything at once on one machine: saved, played on, put back, played again. The two must be equal to the byte. */
import { expect, test } from 'vitest';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { type ConnectionId, type TerminalId } from '../machine.ts';
import { encodePipeline } from '../resp/encode.ts';
import { startCluster } from './cluster.ts';
import { readText, type RunningProgram, spawn, startMachine, startServer, utf8 } from './rig.ts';
import { Screen } from './screen.ts';

const decoder = new TextDecoder('latin1');

/** A raw client that can be taken back, with all that it has received. */
class Tap {
  readonly machine: DirectMachine;
  received = '';
  #id: ConnectionId = 0;

  private constructor(machine: DirectMachine) {
    this.machine = machine;
  }

  static async open(machine: DirectMachine, port: number, host = '127.0.0.1'): Promise<Tap> {
    const tap = new Tap(machine);
    const onData = (bytes: Uint8Array | null): void => {
      tap.received += bytes ? decoder.decode(bytes) : '<end>';
    };
    tap.#id = await machine.connect({ host, port }, onData, { rewindable: true });
    return tap;
  }

  async send(...commands: string[][]): Promise<void> {
    await this.machine.send(this.#id, encodePipeline(commands));
    await this.machine.settle();
  }
}

async function startOn(machine: DirectMachine, host: string, ...options: string[]): Promise<RunningProgram> {
  const server = await spawn(machine, { argv: ['redis-server', '--protected-mode', 'no', ...options], host });
  await machine.listening(6379, host);
  return server;
}

interface Typist {
  screen: Screen;
  bytes: string[];
  terminal: TerminalId;
}

async function openTypist(machine: DirectMachine): Promise<Typist> {
  const typist: Typist = { screen: new Screen(80), bytes: [], terminal: 0 };
  typist.terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
    typist.bytes.push(decoder.decode(bytes));
    typist.screen.write(bytes);
  });
  return typist;
}

const PATIENCE = { timeout: 60_000 };

test(
  'put back, a machine goes on to the byte as it did: every kind of client, files, a replica',
  PATIENCE,
  async () => {
    const machine = startMachine();
    const primary = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'everysec');
    const replica = await startServer(machine, '--port', '6380', '--replicaof', '127.0.0.1 6379', '--dir', '/tmp');
    await machine.advance(3000);
    const plain = await Tap.open(machine, 6379);
    const blocked = await Tap.open(machine, 6379);
    const multi = await Tap.open(machine, 6379);
    const subscriber = await Tap.open(machine, 6379);
    const monitor = await Tap.open(machine, 6380);
    const prompt = await openTypist(machine);
    await machine.spawn({ argv: ['redis-cli'], terminal: prompt.terminal });
    const busy = await openTypist(machine);
    await machine.spawn({ argv: ['redis-cli', '--stat'], terminal: busy.terminal });
    await plain.send(['SET', 'a', '1', 'PX', '2500'], ['SADD', 'set', ...'abcdefgh']);
    await blocked.send(['BLPOP', 'queue', '4']);
    await multi.send(['MULTI'], ['INCR', 'n']);
    await subscriber.send(['SUBSCRIBE', 'news'], ['PSUBSCRIBE', '__key*']);
    await plain.send(['CONFIG', 'SET', 'notify-keyspace-events', 'KEA'], ['DEBUG', 'SET-ACTIVE-EXPIRE', '1']);
    await monitor.send(['MONITOR']);
    await machine.type(prompt.terminal, utf8('SET typed va'));
    await machine.advance(1234);
    const save = await machine.save();
    const shown = prompt.screen.text;
    const taps = [plain, blocked, multi, subscriber, monitor];

    const play = async (): Promise<unknown> => {
      for (const tap of taps) tap.received = '';
      primary.output.stdout = replica.output.stdout = '';
      prompt.bytes.length = busy.bytes.length = 0;
      await machine.type(prompt.terminal, utf8('lue\r'));
      await plain.send(['SPOP', 'set'], ['SRANDMEMBER', 'set', '3'], ['PUBLISH', 'news', 'today']);
      await multi.send(['INCR', 'n'], ['EXEC']);
      await machine.advance(2000);
      await plain.send(['BGREWRITEAOF']);
      await machine.advance(1500);
      await plain.send(['BGSAVE'], ['SET', 'big', 'x'.repeat(1_500_000)], ['LPUSH', 'queue', 'late']);
      await machine.type(prompt.terminal, utf8('GET typed\rWAIT 1 500\r'));
      await machine.advance(3000);
      await plain.send(
        ['DEBUG', 'DIGEST'],
        ['INFO', 'replication'],
        ['INFO', 'persistence'],
        ['XADD', 's', '*', 'f', 'v'],
      );
      await monitor.send(['DEBUG', 'DIGEST']);
      await machine.advance(1500);
      const files = await machine.listFiles('/');
      return {
        received: taps.map(({ received }) => received),
        logs: [primary.log(), replica.log()],
        prompt: prompt.bytes.join(''),
        busy: busy.bytes.join(''),
        files,
        contents: await Promise.all(files.map(({ path }) => readText(machine, path))),
        processes: await machine.processes(),
        clock: await machine.clock(),
      };
    };
    const first = await play();
    await machine.restore(save.id);
    expect(prompt.screen.text).toBe(shown);
    expect(await play()).toEqual(first);
    // A page may also go on to a later save, made in a time that is no more.
    const later = await machine.save();
    await machine.restore(save.id);
    await plain.send(['FLUSHALL']);
    await machine.restore(later.id);
    plain.received = '';
    await plain.send(['GET', 'typed']);
    expect(plain.received).toBe('$5\r\nvalue\r\n');
    await machine.restore(save.id);
    expect(await play()).toEqual(first);
  },
);

test('a cluster goes on to the byte as it did, through the loss of a primary and its failover', PATIENCE, async () => {
  const machine = startMachine();
  const cluster = await startCluster(machine);
  const client = await Tap.open(machine, cluster.ports[0]!);
  await client.send(['SET', 'before', 'x']);
  const save = await machine.save();
  const pids = (await machine.processes()).map(({ pid }) => pid);
  const play = async (): Promise<unknown> => {
    for (const node of cluster.nodes) node.output.stdout = '';
    client.received = '';
    await machine.kill(cluster.nodes[1]!.pid, 'SIGKILL');
    await machine.advance(30_000);
    await client.send(['CLUSTER', 'INFO'], ['CLUSTER', 'NODES'], ['DEBUG', 'DIGEST']);
    return { logs: cluster.nodes.map((node) => node.output.stdout), client: client.received };
  };
  const first = await play();
  expect(client.received).toMatch(/cluster_state:ok/);
  expect(JSON.stringify(first)).toMatch(/Failover election won/);
  expect((await machine.processes()).length).toBe(5);
  await machine.restore(save.id);
  expect((await machine.processes()).map(({ pid }) => pid)).toEqual(pids);
  expect(await play()).toEqual(first);
  // The other way: without the kill, nothing happens.
  await machine.restore(save.id);
  for (const node of cluster.nodes) node.output.stdout = '';
  await machine.advance(30_000);
  expect(cluster.nodes.map((node) => node.output.stdout).join('')).not.toMatch(/Failover/);
});

test('what is under way on slow and cut links, faults to come and limits of disks are put back', PATIENCE, async () => {
  const machine = startMachine();
  const [near, far] = ['10.0.0.1', '10.0.0.2'] as const;
  const primary = await startOn(machine, near);
  const replica = await startOn(machine, far, '--replicaof', near, '6379', '--dir', '/tmp');
  await machine.advance(3000);
  await machine.inject({ type: 'latency', from: near, to: far, latencyMs: 40, jitterMs: 30 });
  await machine.inject({ type: 'disk', host: near, freeBytes: 200_000, fsyncMs: 7 });
  await machine.inject({ type: 'cut', from: near, to: far, oneWay: true }, 20);
  await machine.inject({ type: 'heal' }, 4000);
  const client = await Tap.open(machine, 6379, near);
  for (const key of 'abc') await client.send(['SET', key, key.repeat(1000)], ['INCR', 'n']);
  await machine.advance(30);
  const save = await machine.save();
  const before = await machine.faults();
  expect(before.links).toHaveLength(2);
  const play = async (): Promise<unknown> => {
    primary.output.stdout = replica.output.stdout = client.received = '';
    await client.send(['SET', 'd', 'd'], ['WAIT', '1', '2000']);
    await machine.advance(3000);
    await client.send(['SET', 'large', 'x'.repeat(300_000)], ['SAVE'], ['INFO', 'replication']);
    const during = await machine.faults();
    await machine.advance(8000);
    await machine.inject({ type: 'heal' });
    await machine.inject({ type: 'latency', from: near, to: far, latencyMs: 0 });
    await machine.inject({ type: 'disk', host: near, freeBytes: null, fsyncMs: 0 });
    await machine.advance(3000);
    await client.send(['SAVE'], ['DEBUG', 'DIGEST']);
    return [client.received, primary.output.stdout, replica.output.stdout, during, await machine.faults()];
  };
  const first = await play();
  expect(client.received).toMatch(/ERR|MISCONF/);
  await machine.restore(save.id);
  expect(await machine.faults()).toEqual(before);
  expect(await play()).toEqual(first);
});
