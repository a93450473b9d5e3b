import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import type { DirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { startMachine, startServer, run } from '../../wasm-redis/tests/rig.ts';
import { Session } from './session.ts';

const SIZE = { columns: 80, rows: 24 };

/** A session on the real screen, without a document; `type` waits until the machine has nothing more to do. */
class Bench {
  readonly machine: DirectMachine;
  readonly session: Session;
  readonly #screen = new Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });

  constructor(machine: DirectMachine) {
    this.machine = machine;
    this.session = new Session({
      size: SIZE,
      write: (output) => new Promise((resolve) => this.#screen.write(output, resolve)),
      reset: () => this.#screen.reset(),
    });
    // Rejects when the test ends and the machine is gone.
    this.session.run(machine).catch(() => undefined);
  }

  static async on(machine: DirectMachine): Promise<Bench> {
    const bench = new Bench(machine);
    await bench.session.prompted;
    await bench.rest();
    return bench;
  }

  get text(): string {
    const { active } = this.#screen.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.join('\n').trimEnd();
  }

  async type(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      this.session.press(`${line}\r`);
      await this.rest();
    }
  }

  /** Until everything that follows from what was done has happened. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.machine.settle();
    }
  }
}

async function machineWithServer(): Promise<DirectMachine> {
  const machine = startMachine();
  await startServer(machine);
  return machine;
}

test('redis-cli goes on where it was when the machine is put back', async () => {
  const machine = await machineWithServer();
  const bench = await Bench.on(machine);
  await bench.type('SET k one');
  const { id } = await machine.save();
  const before = bench.text;
  await bench.type('SET k two');
  await machine.restore(id);
  await bench.rest();
  await expect.poll(() => bench.text).toBe(before);
  await bench.type('GET k');
  await expect.poll(() => bench.text).toMatch(/GET k\n"one"\n127\.0\.0\.1:6379>$/);
});

test('redis-cli that has ended since is there again and takes the keys', async () => {
  const machine = await machineWithServer();
  const bench = await Bench.on(machine);
  const { id } = await machine.save();
  await bench.type('QUIT', 'redis-cli PING | cat');
  await expect.poll(() => bench.text).toMatch(/PONG\n\$$/);
  await machine.restore(id);
  await bench.rest();
  await bench.type('ECHO again');
  await expect.poll(() => bench.text).toBe('127.0.0.1:6379> ECHO again\n"again"\n127.0.0.1:6379>');
  await bench.type('QUIT');
  await expect.poll(() => bench.text).toMatch(/\n\$$/);
});

test('a prompt is there again, and redis-cli that was started since has no more keys', async () => {
  const machine = await machineWithServer();
  const bench = await Bench.on(machine);
  await bench.type('QUIT');
  const { id } = await machine.save();
  await bench.type('redis-cli');
  await machine.restore(id);
  await bench.rest();
  await expect.poll(() => bench.text).toMatch(/\$$/);
  await bench.type('redis-cli ECHO here | cat');
  await expect.poll(() => bench.text).toMatch(/here\n\$$/);
});

test('a terminal that was opened since begins anew, and is there again at a later time', async () => {
  const machine = await machineWithServer();
  const { id: early } = await machine.save();
  const bench = await Bench.on(machine);
  await bench.type('ECHO first');
  const { id: late } = await machine.save();
  await machine.restore(early);
  await bench.rest();
  await expect.poll(() => bench.text).toBe('127.0.0.1:6379>');
  await bench.type('ECHO second');
  await machine.restore(late);
  await bench.rest();
  await bench.type('ECHO third');
  await expect.poll(() => bench.text).toMatch(/ECHO first\n"first"\n127\.0\.0\.1:6379> ECHO third\n"third"\n/);
  expect((await machine.processes()).filter(({ argv }) => argv[0] === 'redis-cli')).toHaveLength(1);
});

test('a closed terminal is closed at all times', async () => {
  const machine = await machineWithServer();
  const bench = await Bench.on(machine);
  const { id } = await machine.save();
  bench.session.close();
  await bench.rest();
  await machine.restore(id);
  await bench.rest();
  expect((await machine.processes()).filter(({ argv }) => argv[0] === 'redis-cli')).toHaveLength(0);
  expect((await run(machine, ['redis-cli', 'PING'])).stdout).toBe('PONG\n');
});
