import { expect, test } from 'vitest';
import { node } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { EPOCH_MS, startMachine } from '../../../wasm-redis/tests/rig.ts';
import { NodeConnection } from '../ask.ts';
import { MonitorConnection } from './monitor-connection.ts';
import { readMonitorLine, timeOfDay } from './monitor-line.ts';
import { MonitorLog } from './monitor-log.ts';

const ALL = { text: '', panels: true };

const line = (text: string, from = '10.0.0.254:40001'): string => `+1767225600.250000 [0 ${from}] ${text}\r\n`;

test('a line has its time, database, client and command, also one of a script', () => {
  expect(readMonitorLine('1767225600.250000 [3 127.0.0.1:4] "SET" "bike:1" "a \\"b\\""')).toEqual({
    atMs: EPOCH_MS + 250,
    database: '3',
    from: '127.0.0.1:4',
    text: '"SET" "bike:1" "a \\"b\\""',
    name: 'set',
  });
  expect(readMonitorLine('1767225600.250000 [0 lua] "get" "x"')?.from).toBe('lua');
  expect(readMonitorLine('OK')).toBe(undefined);
  expect(timeOfDay(EPOCH_MS + 250)).toBe('00:00:00.250');
});

test('pieces that end anywhere are put together', () => {
  const log = new MonitorLog();
  const text = line('"PING"') + line('"GET" "bike:1"');
  for (const character of text) log.push(character);
  expect(log.lines(ALL).map(({ name }) => name)).toEqual(['ping', 'get']);
  expect(log.seen).toBe(2);
});

test('what panels ask is left out unless it is wanted, once it is known who they are', () => {
  const log = new MonitorLog();
  log.knowClient('10.0.0.254:1', 'panel-topology');
  log.push(line('"INFO"', '10.0.0.254:1') + line('"GET" "a"', '10.0.0.254:2'));
  log.push(line('"CLIENT" "SETNAME" "panel-keys"', '10.0.0.254:3') + line('"SCAN" "0"', '10.0.0.254:3'));
  log.push(line('"client" "setname" "shop"', '10.0.0.254:2'));
  expect(log.lines({ text: '', panels: false }).map(({ name }) => name)).toEqual(['get', 'client']);
  expect(log.lines(ALL)).toHaveLength(5);
});

test('a filter looks at command and client, in upper or lower case', () => {
  const log = new MonitorLog();
  log.push(line('"SET" "Bike:1" "x"') + line('"GET" "other"') + line('"PING"', 'lua'));
  expect(log.lines({ text: 'bike', panels: true }).map(({ name }) => name)).toEqual(['set']);
  expect(log.lines({ text: ' LUA ', panels: true }).map(({ name }) => name)).toEqual(['ping']);
});

test('of a flood the newest lines are kept, and the others are counted', () => {
  const log = new MonitorLog();
  log.push(Array.from({ length: 5000 }, (_, key) => line(`"SET" "${String(key)}" "x"`)).join(''));
  expect([log.seen, log.skipped]).toEqual([5000, 4000]);
  const lines = log.lines(ALL);
  expect(lines).toHaveLength(500);
  expect(lines.at(-1)?.text).toBe('"SET" "4999" "x"');
});

test('MONITOR of a real server: commands of others, also of a script, without those of panels', async () => {
  const machine = startMachine();
  await startTopology(machine, { nodes: [node('server', 1, 'redis-1')] });
  const address = { host: '10.0.0.1', port: 6379 };
  const known = new NodeConnection(machine, address, { name: 'panel-load' });
  await known.ask('PING');
  const log = new MonitorLog();
  const monitor = await MonitorConnection.open(machine, address, log, {});
  const shop = new NodeConnection(machine, address, { name: 'shop' });
  await shop.ask('SET', 'bike:1', 'two words');
  await shop.ask('EVAL', "return redis.call('GET', KEYS[1])", '1', 'bike:1');
  await known.ask('INFO');
  await machine.settle();
  expect(
    log.lines({ text: '', panels: false }).map(({ name, from }) => `${name} ${from === 'lua' ? from : ''}`),
  ).toEqual(['client ', 'set ', 'eval ', 'get lua']);
  expect(log.lines({ text: 'info', panels: true })).toHaveLength(1);
  for (const end of [monitor, known, shop]) end.close();
});

test('a server that wants a password says so, and one that has gone ends the stream', async () => {
  const machine = startMachine();
  const lab = await startTopology(machine, { nodes: [node('server', 1, 'redis-1')] });
  const address = { host: '10.0.0.1', port: 6379 };
  await lab.node('redis-1').ask('CONFIG', 'SET', 'requirepass', 'secret');
  const refused = await MonitorConnection.open(machine, address, new MonitorLog(), {});
  await machine.settle();
  expect(refused.state).toEqual({ kind: 'refused', words: 'NOAUTH Authentication required.' });
  const told = await MonitorConnection.open(machine, address, new MonitorLog(), { password: 'secret' });
  await machine.settle();
  expect(told.state).toEqual({ kind: 'listening' });
  await lab.node('redis-1').kill();
  await machine.settle();
  expect(told.state).toEqual({ kind: 'ended' });
});
