import { expect, test } from 'vitest';
import { run } from '../../wasm-redis/tests/rig.ts';
import { machineWithServer, SessionBench } from './session-rig.ts';

test('redis-cli goes on where it was when the machine is put back', async () => {
  const machine = await machineWithServer();
  const bench = await SessionBench.on(machine);
  await bench.type('SET k one');
  await bench.shows(/OK\n127\.0\.0\.1:6379>$/);
  const { id } = await machine.save();
  const before = bench.text;
  await bench.type('SET k two');
  await machine.restore(id);
  await bench.rest();
  await bench.shows(before);
  await bench.type('GET k');
  await bench.shows(/GET k\n"one"\n127\.0\.0\.1:6379>$/);
});

test('redis-cli that has ended since is there again and takes the keys', async () => {
  const machine = await machineWithServer();
  const bench = await SessionBench.on(machine);
  const { id } = await machine.save();
  await bench.type('QUIT', 'redis-cli PING | cat');
  await bench.shows(/PONG\n\$$/);
  await machine.restore(id);
  await bench.rest();
  await bench.type('ECHO again');
  await bench.shows('127.0.0.1:6379> ECHO again\n"again"\n127.0.0.1:6379>');
  await bench.type('QUIT');
  await bench.shows(/\n\$$/);
});

test('a prompt is there again, and redis-cli that was started since has no more keys', async () => {
  const machine = await machineWithServer();
  const bench = await SessionBench.on(machine);
  await bench.type('QUIT');
  const { id } = await machine.save();
  await bench.type('redis-cli');
  await machine.restore(id);
  await bench.rest();
  await bench.shows(/\$$/);
  await bench.type('redis-cli ECHO here | cat');
  await bench.shows(/here\n\$$/);
});

test('a terminal that was opened since begins anew, and is there again at a later time', async () => {
  const machine = await machineWithServer();
  const { id: early } = await machine.save();
  const bench = await SessionBench.on(machine);
  await bench.type('ECHO first');
  const { id: late } = await machine.save();
  await machine.restore(early);
  await bench.rest();
  await bench.shows('127.0.0.1:6379>');
  await bench.type('ECHO second');
  await machine.restore(late);
  await bench.rest();
  await bench.type('ECHO third');
  await bench.shows(/ECHO first\n"first"\n127\.0\.0\.1:6379> ECHO third\n"third"\n/);
  expect((await machine.processes()).filter(({ argv }) => argv[0] === 'redis-cli')).toHaveLength(1);
});

test('a closed terminal is closed at all times', async () => {
  const machine = await machineWithServer();
  const bench = await SessionBench.on(machine);
  const { id } = await machine.save();
  bench.session.close();
  await bench.rest();
  await machine.restore(id);
  await bench.rest();
  expect((await machine.processes()).filter(({ argv }) => argv[0] === 'redis-cli')).toHaveLength(0);
  expect((await run(machine, ['redis-cli', 'PING'])).stdout).toBe('PONG\n');
});

test('what ran in a shell belongs to another time, and the prompt is there', async () => {
  const bench = await SessionBench.on(await machineWithServer(), {});
  const { id } = await bench.machine.save();
  await bench.type('while true; do sleep 1; echo tick; done');
  await bench.machine.restore(id);
  await bench.rest();
  await bench.type('echo here', 'jobs');
  await bench.shows(/here\n\$ jobs\n\$$/);
});
