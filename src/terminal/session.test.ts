import { Terminal } from '@xterm/xterm';
import { describe, expect, test } from 'vitest';
import type { DirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { startMachine, startServer, run } from '../../wasm-redis/tests/rig.ts';
import { Session, type SessionOptions } from './session.ts';
// Loaded when it is first needed; here before anything is waited for.
import './terminal-shell.ts';

const SIZE = { columns: 80, rows: 24 };

/** A session on the real screen, without a document; `type` waits until the machine has nothing more to do. */
class Bench {
  readonly machine: DirectMachine;
  readonly session: Session;
  readonly #screen = new Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });

  constructor(machine: DirectMachine, options: SessionOptions) {
    this.machine = machine;
    this.session = new Session(
      {
        size: SIZE,
        write: (output) => new Promise((resolve) => this.#screen.write(output, resolve)),
        reset: () => this.#screen.reset(),
      },
      options,
    );
    // Rejects when the test ends and the machine is gone.
    this.session.run(machine).catch(() => undefined);
  }

  static async on(machine: DirectMachine, options: SessionOptions = { first: ['redis-cli'] }): Promise<Bench> {
    const bench = new Bench(machine, options);
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

  /** Types lines as a person does: each when the prompt that follows the one before is there. */
  async enter(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const before = this.#rowCount;
      this.session.press(`${line}\r`);
      await this.#until(() => this.#rowCount > before && /[$>]$/.test(this.text));
    }
  }

  /** Waits until the screen shows exactly a text, or what matches. */
  async shows(what: string | RegExp): Promise<void> {
    await this.#until(() => (typeof what === 'string' ? this.text === what : what.test(this.text)));
    if (typeof what === 'string') expect(this.text).toBe(what);
    else expect(this.text).toMatch(what);
  }

  get #rowCount(): number {
    return this.text.split('\n').length;
  }

  /** Turns of the machine and of this thread until something has come true, or plainly will not. */
  async #until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 20_000 && !holds(); turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.machine.settle();
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
  const bench = await Bench.on(machine);
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
  const bench = await Bench.on(machine);
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
  const bench = await Bench.on(machine);
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
  const bench = await Bench.on(machine);
  const { id } = await machine.save();
  bench.session.close();
  await bench.rest();
  await machine.restore(id);
  await bench.rest();
  expect((await machine.processes()).filter(({ argv }) => argv[0] === 'redis-cli')).toHaveLength(0);
  expect((await run(machine, ['redis-cli', 'PING'])).stdout).toBe('PONG\n');
});

describe('the shell of a terminal', () => {
  /** A terminal that begins with a shell, beside a server. */
  async function shellBench(): Promise<Bench> {
    const machine = await machineWithServer();
    return Bench.on(machine, {});
  }

  test('prompts at once, and programs of Redis get the terminal', async () => {
    const bench = await shellBench();
    await bench.enter('redis-cli SET k "a b"', 'redis-cli', 'GET k', 'quit', 'echo "back $?"');
    await bench.shows(
      '$ redis-cli SET k "a b"\nOK\n$ redis-cli\n127.0.0.1:6379> GET k\n"a b"\n127.0.0.1:6379> quit\n$ echo "back $?"\nback 0\n$',
    );
  });

  test('a prompt begins on a line of its own, and output that has no newline stays', async () => {
    const bench = await shellBench();
    await bench.type('printf abc', 'printf def | cat');
    await bench.shows('$ printf abc\nabc\n$ printf def | cat\ndef\n$');
  });

  test('a line that is not complete is asked on for, and Ctrl-C forgets it', async () => {
    const bench = await shellBench();
    await bench.enter('for i in 1 2', 'do echo $i', 'done', 'echo "open');
    bench.session.press('\x03');
    await bench.type('echo new');
    await bench.shows(/\$ for i in 1 2\n> do echo \$i\n> done\n1\n2\n\$ echo "open\n> \^C\n\$ echo new\nnew\n\$$/);
  });

  test('Ctrl-C ends what runs, Ctrl-Z stops it, and fg brings it back', async () => {
    const bench = await shellBench();
    await bench.type('sleep 100');
    await bench.rest();
    bench.session.press('\x03');
    await bench.shows('$ sleep 100\n^C\n$');
    await bench.type('redis-cli SUBSCRIBE news | cat');
    await bench.shows(/subscribe\nnews\n1$/);
    bench.session.press('\x1a');
    await bench.shows(/\^Z\n\[1\]\+ {2}Stopped {17}redis-cli SUBSCRIBE news \| cat\n\$$/);
    await bench.type('fg');
    await bench.shows(/fg\nredis-cli SUBSCRIBE news \| cat$/);
    bench.session.press('\x03');
    await bench.type('echo $?');
    await bench.shows(/\^C\n\$ echo \$\?\n130\n\$$/);
  });

  test('a program of the shell reads what is typed, up to Ctrl-D', async () => {
    const bench = await shellBench();
    await bench.type('cat > notes', 'one', 'two');
    bench.session.press('\x04');
    await bench.rest();
    await bench.type('wc -l < notes');
    await bench.shows('$ cat > notes\none\ntwo\n\n$ wc -l < notes\n2\n$');
  });

  test('a paste of several lines is run one after the other, also those of redis-cli', async () => {
    const bench = await shellBench();
    bench.session.press('echo one\rredis-cli\rECHO two\rquit\recho three\r');
    await bench.shows(/\none\n\$ redis-cli\n[^]*"two"\n127\.0\.0\.1:6379> quit\n\$ echo three\nthree\n\$$/);
  });

  test('keys that are typed while those typed ahead are handed to a program come after them', async () => {
    const bench = await shellBench();
    const { machine, session } = bench;
    const waits = machine.waitForInput.bind(machine);
    machine.waitForInput = async (...args) => {
      const there = await waits(...args);
      session.press(' in\r');
      await bench.rest();
      return there;
    };
    session.press('redis-cli\rECHO');
    await bench.shows(/> ECHO in\n"in"\n127\.0\.0\.1:6379>$/);
  });

  test('jobs that have ended are said before the next prompt', async () => {
    const bench = await shellBench();
    await bench.type('sleep 1 &');
    await bench.machine.advance(1000);
    await bench.rest();
    await bench.type('echo next');
    await bench.shows(/next\n\[1\]\+ {2}Done {20}sleep 1\n\$$/);
  });

  test('Tab completes commands, options, files, variables and the verbs of faults', async () => {
    const bench = await shellBench();
    await bench.enter('mkdir node; echo x > node/notes.txt');
    for (const keys of ['redis-b\t', '--no-a\t']) bench.session.press(keys);
    bench.session.press('\x15');
    for (const keys of ['redis-cli --big\t', '; cat no\t', 'no\t', '; fault can\t', 'la\t']) {
      bench.session.press(keys);
      await bench.rest();
    }
    await bench.shows(/\$ redis-cli --bigkeys ; cat node\/notes\.txt ; fault cancel latency$/);
  });

  test('exit and Ctrl-D begin a new shell; where redis-cli came first it comes again', async () => {
    const bench = await shellBench();
    await bench.enter('x=1', 'exit', 'echo "[$x]"');
    await bench.shows(/\$ exit\n\$ echo "\[\$x\]"\n\[\]\n\$$/);
    const other = await Bench.on(bench.machine);
    await other.enter('quit', 'exit');
    await other.shows(/\$ exit\n127\.0\.0\.1:6379>$/);
  });

  test('when the machine is put back, what ran belongs to another time, and the prompt is there', async () => {
    const bench = await shellBench();
    const { id } = await bench.machine.save();
    await bench.type('while true; do sleep 1; echo tick; done');
    await bench.machine.restore(id);
    await bench.rest();
    await bench.type('echo here', 'jobs');
    await bench.shows(/here\n\$ jobs\n\$$/);
  });
});

test('a terminal begins although the machine, being busy, answers a subscription late', async () => {
  const machine = await machineWithServer();
  machine.subscribe = () => new Promise(() => undefined);
  const bench = await Bench.on(machine);
  await bench.shows('127.0.0.1:6379>');
});
