import { describe, test } from 'vitest';
import { machineWithServer, SessionBench } from './session-rig.ts';

describe('the shell of a terminal', () => {
  /** A terminal that begins with a shell, beside a server. */
  async function shellBench(): Promise<SessionBench> {
    const machine = await machineWithServer();
    return SessionBench.on(machine, {});
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
    const other = await SessionBench.on(bench.machine);
    await other.enter('quit', 'exit');
    await other.shows(/\$ exit\n127\.0\.0\.1:6379>$/);
  });
});

test('a terminal begins although the machine, being busy, answers a subscription late', async () => {
  const machine = await machineWithServer();
  machine.subscribe = () => new Promise(() => undefined);
  const bench = await SessionBench.on(machine);
  await bench.shows('127.0.0.1:6379>');
});
