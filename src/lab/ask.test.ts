import { expect, onTestFinished, test } from 'vitest';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { node } from '../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../wasm-redis/tests/rig.ts';
import { type AskOptions, NodeConnection } from './ask.ts';

/** For a node that runs: it answers, however busy the computer is. */
const PATIENT = { name: 'panel-test', limitMs: 30_000 };
/** For a node of which it is known that it will not answer. */
const SHORT = { name: 'panel-test', limitMs: 5 };

async function connected(options: AskOptions = PATIENT): Promise<{ lab: Lab; line: NodeConnection }> {
  const lab = await startTopology(startMachine(), { nodes: [node('server', 1, 'redis-1')] });
  const { host, port } = lab.node('redis-1').description;
  const line = new NodeConnection(lab.machine, { host, port }, options);
  onTestFinished(() => line.close());
  return { lab, line };
}

async function connectionsCalled(lab: Lab, name: string): Promise<number> {
  await lab.machine.settle();
  const list = await lab.node('redis-1').ask('CLIENT', 'LIST');
  return (list as string).split(`name=${name} `).length - 1;
}

test('a node answers, errors too, over a connection with a name, and the clock stands still', async () => {
  const { lab, line } = await connected();
  const before = await lab.machine.clock();
  expect(line.reachability).toBe('unasked');
  expect(await line.ask('SET', 'k', 'v')).toBe('OK');
  expect(
    await line.askAll([
      ['GET', 'k'],
      ['INCR', 'k'],
      ['CLIENT', 'GETNAME'],
    ]),
  ).toEqual(['v', { error: 'ERR value is not an integer or out of range' }, 'panel-test']);
  expect(line.reachability).toBe('answers');
  expect(await lab.machine.clock()).toEqual(before);
});

test('one connection serves all questions, and none is left after closing', async () => {
  const { lab, line } = await connected();
  await Promise.all([line.ask('PING'), line.ask('PING')]);
  await line.ask('PING');
  expect(await connectionsCalled(lab, 'panel-test')).toBe(1);
  line.close();
  expect(await connectionsCalled(lab, 'panel-test')).toBe(0);
  expect(await line.ask('PING')).toBe(undefined);
});

test('a connection that is closed while it is being made is not left behind', async () => {
  const { lab, line } = await connected();
  const answer = line.ask('PING');
  line.close();
  expect(await answer).toBe(undefined);
  expect(await connectionsCalled(lab, 'panel-test')).toBe(0);
});

test('a stopped node is silent; it is asked nothing more until it has answered, and then answers again', async () => {
  const { lab, line } = await connected(SHORT);
  const redis = lab.node('redis-1');
  await redis.stop();
  expect(await line.ask('INCR', 'asked')).toBe(undefined);
  expect(line.reachability).toBe('silent');
  expect(await line.ask('INCR', 'asked')).toBe(undefined);
  await redis.continue();
  await lab.machine.settle();
  expect(await redis.ask('GET', 'asked')).toBe('1');
});

test('a killed node refuses, and is asked again when it is back', async () => {
  const { lab, line } = await connected();
  await line.ask('PING');
  await lab.node('redis-1').kill();
  await line.ask('PING');
  expect(await line.ask('PING')).toBe(undefined);
  expect(line.reachability).toBe('refuses');
  await lab.node('redis-1').restart();
  expect(await line.ask('PING')).toBe('PONG');
});

test('a node that the machine is cut off from is silent', async () => {
  const { lab, line } = await connected(SHORT);
  await lab.machine.inject({ type: 'cut', from: '10.0.0.254', to: '10.0.0.1' });
  expect(await line.ask('PING')).toBe(undefined);
  expect(line.reachability).toBe('silent');
});

test('a restore ends the connection, and the next question makes another', async () => {
  const { lab, line } = await connected();
  await line.ask('SET', 'k', 'then');
  const save = await lab.machine.save();
  await line.ask('SET', 'k', 'later');
  await lab.machine.restore(save.id);
  expect(await line.ask('GET', 'k')).toBe('then');
});

test('a machine that is gone gives no answer', async () => {
  const { lab, line } = await connected();
  await line.ask('PING');
  await lab.machine.dispose();
  expect(await line.ask('PING')).toBe(undefined);
});

test('a password is given first', async () => {
  const { lab, line } = await connected();
  await line.ask('CONFIG', 'SET', 'requirepass', 'secret');
  const { host, port } = lab.node('redis-1').description;
  const stranger = new NodeConnection(lab.machine, { host, port }, PATIENT);
  const friend = new NodeConnection(lab.machine, { host, port }, { ...PATIENT, password: 'secret' });
  expect(await stranger.ask('PING')).toEqual({ error: 'NOAUTH Authentication required.' });
  expect(await friend.ask('PING')).toBe('PONG');
  stranger.close();
  friend.close();
});
