import { expect, test, vi } from 'vitest';
import { TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import type { Segment } from '../../../wasm-redis/machine.ts';
import { encodeCommand, encodePipeline } from '../../../wasm-redis/resp/encode.ts';
import { EPOCH_MS, PORT, run, spawn, startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import { pcapOf } from './pcap.ts';
import { faultsIn, followStream, runTshark } from './tshark.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

const [A, B] = ['10.0.0.1', '10.0.0.2'];

/** What went over a connection in one direction, each byte once. */
function sentBy(segments: readonly Segment[], connection: number, byClient: boolean): Uint8Array {
  const own = segments.filter((segment) => segment.connection === connection);
  const clientPort = own[0]!.from.port;
  const data = own.filter(
    ({ kind, from, again }) => kind === 'data' && !again && (from.port === clientPort) === byClient,
  );
  return new Uint8Array(Buffer.concat(data.map(({ bytes }) => bytes)));
}

test('Wireshark reads in the file what a client has sent and got, byte for byte', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const capture = await machine.capture();
  const [sent, got]: [Uint8Array[], Uint8Array[]] = [[], []];
  const connection = await machine.connect({ port: PORT }, (bytes) => void (bytes && got.push(bytes)));
  const send = async (...commands: (string | Uint8Array)[][]): Promise<void> => {
    const bytes = encodePipeline(commands);
    sent.push(bytes);
    await machine.send(connection, bytes);
    await machine.advance(0.25);
  };
  await send(['HELLO', '3']);
  await send(['SET', 'every byte', Uint8Array.from({ length: 256 }, (_, byte) => byte)], ['GET', 'every byte']);
  await send(['SET', 'large', 'x'.repeat(200_000)], ['GET', 'large'], ['HGETALL', 'nothing'], ['NO SUCH']);
  await machine.disconnect(connection);
  await machine.settle();
  const pcap = pcapOf((await machine.captured(capture)).segments, EPOCH_MS);
  expect(await faultsIn(pcap)).toEqual([]);
  const stream = await followStream(pcap, 0);
  expect(Buffer.compare(stream.client, Buffer.concat(sent))).toBe(0);
  expect(Buffer.compare(stream.server, Buffer.concat(got))).toBe(0);
  expect(got.length).toBeGreaterThan(0);
  const head = await runTshark(pcap, [
    '-t',
    'ud',
    '-Y',
    'frame.number <= 4',
    '-T',
    'fields',
    '-e',
    'frame.time_epoch',
    '-e',
    'tcp.flags.str',
  ]);
  expect(
    head
      .split('\n')
      .slice(0, 4)
      .map((line) => line.replace(/·/g, '')),
  ).toEqual([
    '1767225600.000000000\tS',
    '1767225600.000000000\tAS',
    '1767225600.000000000\tA',
    '1767225600.000000000\tAP',
  ]);
  const end = await runTshark(pcap, [
    '-Y',
    'tcp.flags.fin == 1 || tcp.flags.reset == 1',
    '-T',
    'fields',
    '-e',
    'tcp.flags.str',
  ]);
  expect(end.replace(/·/g, '')).toBe('AF\nAF\n');
});

test('six nodes of a cluster: nothing is malformed, and every stream is what the two ends exchanged', async () => {
  const machine = startMachine();
  const capture = await machine.capture();
  const lab = await startTopology(machine, TOPOLOGIES.cluster);
  await run(machine, ['redis-cli', '-c', '-h', A, 'SET', 'foo', 'bar']);
  await machine.advance(1000);
  const { segments, dropped } = await machine.captured(capture);
  expect([dropped, lab.nodes.length]).toEqual([0, 6]);
  const pcap = pcapOf(segments, EPOCH_MS);
  expect(await faultsIn(pcap)).toEqual([]);
  const conversations = [...new Set(segments.map(({ connection }) => connection))];
  // Three of each kind: the first ones, the bus, and the last.
  const some = [...conversations.slice(0, 3), ...conversations.slice(20, 23), ...conversations.slice(-3)];
  for (const connection of some) {
    const stream = await followStream(pcap, conversations.indexOf(connection));
    expect(Buffer.compare(stream.client, sentBy(segments, connection, true)), `client of ${connection}`).toBe(0);
    expect(Buffer.compare(stream.server, sentBy(segments, connection, false)), `server of ${connection}`).toBe(0);
  }
});

test('over a link that is slow, cut and whole again, Wireshark sees what was lost come again, and the stream is right', async () => {
  const machine = startMachine();
  for (const host of [A, B]) {
    const replicaOf = host === B ? ['--replicaof', A, String(PORT)] : [];
    const options = ['--protected-mode', 'no', '--save', '', '--repl-diskless-sync-delay', '0', ...replicaOf];
    await spawn(machine, { argv: ['redis-server', ...options], host, cwd: `/data/${host}` });
  }
  await machine.inject({ type: 'latency', from: A, to: B, latencyMs: 15 });
  const capture = await machine.capture({ hosts: [A, B] });
  await machine.advance(3000);
  for (const [key, fault] of [
    ['one', 'cut'],
    ['two', 'heal'],
    ['three', undefined],
  ] as const) {
    if (fault) await machine.inject({ type: fault, from: A, to: B });
    await run(machine, ['redis-cli', '-h', A, 'SET', key, 'v']);
    await machine.advance(5000);
  }
  const { segments } = await machine.captured(capture);
  expect(segments.some(({ lost }) => lost)).toBe(true);
  const pcap = pcapOf(segments, EPOCH_MS);
  const faults = await faultsIn(pcap);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.filter((line) => !/Retransmission/.test(line))).toEqual([]);
  const [stream] = [await followStream(pcap, 0)];
  const text = Buffer.from(stream.server).toString('latin1');
  expect(text).toMatch(/FULLRESYNC[\s\S]*REDIS0010[\s\S]*one[\s\S]*two[\s\S]*three/);
  const { connection } = segments[0]!;
  expect(Buffer.compare(stream.client, sentBy(segments, connection, true))).toBe(0);
  expect(Buffer.compare(stream.server, sentBy(segments, connection, false))).toBe(0);
});

test('a file with a wrong byte is found out', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const capture = await machine.capture();
  await run(machine, ['redis-cli', 'SET', 'k', 'v']);
  const pcap = pcapOf((await machine.captured(capture)).segments, EPOCH_MS);
  expect(await faultsIn(pcap)).toEqual([]);
  const text = Buffer.from(pcap.buffer);
  const at = text.indexOf(encodeCommand(['SET', 'k', 'v']));
  expect(at).toBeGreaterThan(0);
  pcap[at] = 0x2b;
  expect(await faultsIn(pcap)).toHaveLength(1);
  await expect(runTshark(pcap.subarray(0, 20), [])).rejects.toThrow(/isn't a capture file|cut short/);
});
