import { expect, onTestFinished, test } from 'vitest';
import { node } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import type { Plain } from '../../../wasm-redis/resp/plain.ts';
import { EPOCH_MS, startMachine } from '../../../wasm-redis/tests/rig.ts';
import { NodeConnection } from '../ask.ts';
import { clientCell, isPanel, kindOf, readClientList, sortClients } from './client-list.ts';
import { changesInWords, changesSince, infoNumber, readInfo } from './info.ts';
import { readHistory, readLatest } from './latency.ts';
import { durationText, readSlowlog, wordText } from './slowlog.ts';
import { targetsOf } from './targets.ts';

/** Asks a real server whose clock stands unless it is moved. */
async function started(): Promise<{
  ask: (...words: string[]) => Promise<Plain | undefined>;
  advance: (ms: number) => Promise<void>;
  another: (name: string) => NodeConnection;
}> {
  const lab = await startTopology(startMachine(), {
    nodes: [node('server', 1, 'redis-1', { options: { 'enable-debug-command': 'yes' } })],
  });
  const another = (name: string): NodeConnection => {
    const line = new NodeConnection(lab.machine, { host: '10.0.0.1', port: 6379 }, { name });
    onTestFinished(() => line.close());
    return line;
  };
  const line = another('panel-load');
  return { ask: (...words) => line.ask(...words), advance: (ms) => lab.machine.advance(ms), another };
}

test('INFO is read by section, and what a command has changed is found with its earlier value', async () => {
  const { ask } = await started();
  const before = readInfo((await ask('INFO', 'all')) as string);
  expect([...before.keys()]).toContain('Commandstats');
  expect(before.get('Server')?.get('redis_version')).toBe('7.0.15');
  expect(infoNumber(before, 'keyspace_hits')).toBe(0);
  expect(infoNumber(before, 'redis_version')).toBe(undefined);
  await ask('SET', 'bike:1', 'Deimos');
  await ask('GET', 'bike:1');
  const changes = changesSince(before, readInfo((await ask('INFO', 'all')) as string));
  expect(changes).toContainEqual({ section: 'Stats', field: 'keyspace_hits', before: '0' });
  expect(changes).toContainEqual({ section: 'Keyspace', field: 'db0', before: undefined });
  expect(changes.map(({ field }) => field)).not.toContain('redis_version');
});

test('changes are said by their names, without what always changes', () => {
  const changed = (...fields: string[]): string =>
    changesInWords(fields.map((field) => ({ section: 'Stats', field, before: '0' })));
  expect(changed('uptime_in_seconds', 'used_cpu_sys')).toBe('only what always changes.');
  expect(changed('uptime_in_seconds', 'keyspace_hits')).toBe('keyspace_hits.');
  expect(changed('a', 'b', 'c', 'd', 'e', 'f')).toBe('a, b, c, d and 2 more.');
});

test('SLOWLOG entries have their time, duration, words and client', async () => {
  const { ask, advance } = await started();
  await ask('CONFIG', 'SET', 'slowlog-log-slower-than', '100000');
  await advance(5000);
  const asked = ask('DEBUG', 'SLEEP', '0.25');
  await advance(300);
  await asked;
  const [slow, ...others] = readSlowlog((await ask('SLOWLOG', 'GET', '50'))!);
  expect(others).toEqual([]);
  expect(slow).toMatchObject({ id: 0, words: ['DEBUG', 'SLEEP', '0.25'], clientName: 'panel-load' });
  expect(slow!.atMs).toBeGreaterThanOrEqual(EPOCH_MS + 5000);
  expect(slow!.durationUs).toBeGreaterThanOrEqual(250_000);
  expect(slow!.client).toMatch(/^10\.0\.0\.254:\d+$/);
});

test('an answer that is an error has no entries', () => {
  expect(readSlowlog({ error: "ERR unknown command 'SLOWLOG'" })).toEqual([]);
  expect(readLatest({ error: "ERR unknown command 'LATENCY'" })).toEqual([]);
});

test('durations have the unit that fits, and words the quotes that they need', () => {
  expect([850, 12_345, 1_204_000].map(durationText)).toEqual(['850 µs', '12.3 ms', '1.20 s']);
  expect(['bike:1', '', 'two words', 'a"b'].map(wordText)).toEqual(['bike:1', '""', '"two words"', '"a\\"b"']);
});

test('LATENCY events are read with their spikes', async () => {
  const { ask, advance } = await started();
  await ask('CONFIG', 'SET', 'latency-monitor-threshold', '100');
  const asked = ask('DEBUG', 'SLEEP', '0.25');
  await advance(300);
  await asked;
  const [event] = readLatest((await ask('LATENCY', 'LATEST'))!);
  expect(event).toMatchObject({ event: 'command', latestMs: 250, maxMs: 250 });
  expect(readHistory((await ask('LATENCY', 'HISTORY', 'command'))!)).toEqual([{ atMs: event!.atMs, tookMs: 250 }]);
});

test('CLIENT LIST is sorted by any column, numbers as numbers, and panels are known', async () => {
  const { ask, another } = await started();
  for (let client = 0; client < 9; client++) await another(`shop-${String(client)}`).ask('PING');
  const blocked = another('worker').ask('BLPOP', 'queue', '0');
  const clients = readClientList((await ask('CLIENT', 'LIST')) as string);
  const names = (column: 'id' | 'name', descending: boolean): string[] =>
    sortClients(clients, column, descending).map((client) => clientCell(client, 'name'));
  const shops = Array.from({ length: 9 }, (_, client) => `shop-${String(client)}`);
  expect(names('id', false).filter((name) => name !== '')).toEqual([...shops, 'worker', 'panel-load']);
  expect(names('name', true).slice(0, 2)).toEqual(['worker', 'shop-8']);
  expect(clients.filter(isPanel)).toHaveLength(1);
  expect(clients.map(kindOf)).toContain('blocked');
  await ask('RPUSH', 'queue', 'a');
  await blocked;
});

test('a server that was started beside the lab can be chosen, and its bus is no server', async () => {
  const nodes = [node('server', 1, 'redis-1', { options: { requirepass: 'secret' } })].map((description) => ({
    description,
  }));
  const process = { pid: 1, state: 'waiting', memoryBytes: 0 } as const;
  const processes = [
    { ...process, argv: ['redis-server'], host: '10.0.0.1', listening: [6379] },
    { ...process, argv: ['redis-server', '--port', '7001'], host: '127.0.0.1', listening: [7001, 17001] },
    { ...process, argv: ['redis-sentinel', 's.conf'], host: '127.0.0.1', listening: [26379] },
    { ...process, argv: ['redis-cli'], host: '127.0.0.1', listening: [] },
  ];
  expect(targetsOf(nodes, processes)).toEqual([
    { name: 'redis-1', host: '10.0.0.1', port: 6379, kind: 'server', password: 'secret' },
    { name: '127.0.0.1:7001', host: '127.0.0.1', port: 7001, kind: 'server' },
    { name: '127.0.0.1:26379', host: '127.0.0.1', port: 26379, kind: 'sentinel' },
  ]);
});
