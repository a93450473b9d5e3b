import { describe, expect, test } from 'vitest';
import { rigWithServer, ShellRig, type } from './shell-rig.ts';

describe('programs of Redis', () => {
  test('get words, environment, input and a screen or a pipe for their output', async () => {
    const rig = await rigWithServer();
    await rig.type('redis-cli SET k "a b"');
    expect(await rig.type('redis-cli GET k', 'redis-cli GET k | cat')).toBe('"a b"\na b');
    expect(await rig.type('echo -n "from a pipe" | redis-cli -x SET k', 'redis-cli --json GET k')).toBe(
      'OK\n"from a pipe"',
    );
    expect(await rig.type("printf 'INCR n\\nINCR n\\n' | redis-cli")).toBe('(integer) 1\n(integer) 2');
    expect(await rig.type('redis-cli < /dev/null; echo $?')).toBe('0');
    expect(await rig.type('REDISCLI_AUTH=x redis-cli PING 2>&1 | tail -1')).toBe('PONG');
  });

  test('loops, substitutions and xargs work with them', async () => {
    const rig = await rigWithServer();
    expect(await rig.type('for i in 1 2 3; do redis-cli SET k:$i $i; done > /dev/null; redis-cli DBSIZE')).toBe(
      '(integer) 3',
    );
    expect(await rig.type('n=$(redis-cli GET k:3); echo $((n * 2))')).toBe('6');
    expect(await rig.type('redis-cli --scan | sort | xargs redis-cli DEL')).toBe('(integer) 3');
    expect(await rig.type('seq 3 | while read i; do redis-cli RPUSH l $i; done')).toBe(
      '(integer) 1\n(integer) 2\n(integer) 3',
    );
    expect(
      await rig.type(
        'until redis-cli -p 6400 PING 2> /dev/null; do redis-server --port 6400 --save "" > /dev/null & sleep 1; done',
      ),
    ).toMatch(/^\[2\] \d+\nPONG$/);
  });

  test('run side by side: a subscriber gives what it hears to head at once', async () => {
    const rig = await rigWithServer();
    expect(await rig.type('redis-cli SUBSCRIBE news | head -5 &', 'redis-cli PUBLISH news hello')).toMatch(
      /subscribe\nnews\n1\n[^]*message\nnews$/,
    );
    await rig.type('redis-cli PUBLISH news again');
    await rig.pass(0);
    // The writer ends when it next writes to a pipe that nobody reads.
    expect(await rig.type('redis-cli PUBSUB NUMSUB news')).toContain('(integer) 0');
  });

  test('give the exit status of Linux: their own, 130 after Ctrl-C, 137 killed', async () => {
    const rig = await rigWithServer();
    expect(await rig.type('redis-cli -e NOSUCH > /dev/null 2>&1; echo $?')).toBe('1');
    expect(await rig.start('redis-cli SUBSCRIBE news')).toBe(false);
    expect(await rig.interrupt()).toBe(true);
    rig.takeText();
    expect(await rig.type('echo $?')).toBe('130');
    await rig.type('redis-cli BLPOP l 0 &', 'kill -9 $!', 'wait $!', 'echo $?');
    expect(rig.shell.state.status).toBe(0);
    expect(await rig.type('redis-cli BLPOP l 0 & kill -9 $!; wait $!; echo $?')).toMatch(/\n137$/);
  });

  test('run on other hosts', async () => {
    const rig = new ShellRig({ addressOf: async (name) => (name === 'shop' ? '10.0.0.7' : undefined) });
    await rig.type('on shop redis-server --save "" --protected-mode no --logfile shop.log &');
    expect(await rig.type('on 10.0.0.7 redis-cli PING', 'redis-cli -h 10.0.0.7 PING', 'redis-cli PING')).toBe(
      'PONG\nPONG\nCould not connect to Redis at 127.0.0.1:6379: Connection refused',
    );
  });

  test('check and mend files', async () => {
    const rig = new ShellRig();
    await rig.type(
      'redis-server --save "" --appendonly yes --logfile node.log &',
      'redis-cli SET a 1',
      'redis-cli SHUTDOWN NOSAVE',
    );
    await rig.type('truncate -s -3 appendonlydir/appendonly.aof.1.incr.aof');
    expect(await rig.type('redis-check-aof appendonlydir/appendonly.aof.1.incr.aof; echo $?')).toMatch(
      /AOF analyzed[^]*\n1$/,
    );
    expect(
      await rig.type('yes=y; echo $yes | redis-check-aof --fix appendonlydir/appendonly.aof.1.incr.aof'),
    ).toContain('Successfully truncated AOF');
  });

  test('on what is no host, nothing is started', async () => {
    expect(await type('on 1.2.3.999 redis-cli PING; echo $?')).toBe(
      'on: 1.2.3.999: no node of that name, and no address\n1',
    );
  });
});

describe('jobs', () => {
  test('are numbered, listed, waited for and killed', async () => {
    const rig = new ShellRig();
    expect(await rig.type('sleep 5 &', 'sleep 10 &', 'jobs')).toMatch(
      /^\[1\] (\d+)\n\[2\] \d+\n\[1\]- {2}Running {17}sleep 5 &\n\[2\]\+ {2}Running {17}sleep 10 &$/,
    );
    expect(await rig.type('wait %1; date +%S', 'kill %2; wait %2; echo $?', 'jobs')).toBe('05\n143');
  });

  test('are stopped and go on', async () => {
    const rig = new ShellRig();
    await rig.type('for i in 1 2 3; do sleep 1; echo $i; done &', 'kill -STOP %1');
    await rig.pass(5000);
    expect(rig.takeText()).toBe('');
    expect(await rig.type('jobs')).toContain('Stopped');
    expect(await rig.type('kill -CONT %1; wait')).toBe('1\n2\n3');
  });

  test('a server is stopped by its process id, listed so, and continued', async () => {
    const rig = await rigWithServer();
    const [, pid = ''] = /(\d+)$/.exec(rig.takeText()) ?? [];
    expect(await rig.type(`kill -STOP ${pid || '$!'}; ps | grep redis-server | grep -c " T "`)).toBe('1');
    expect(await rig.type('kill -CONT $!; redis-cli PING')).toBe('PONG');
  });

  test('fg brings one back: Ctrl-C ends it, and Ctrl-Z stops it', async () => {
    const rig = new ShellRig();
    await rig.type('sleep 100 &');
    expect(await rig.start('fg')).toBe(false);
    await rig.shell.suspend();
    expect(await rig.pass(0, () => rig.shell.jobs.all[0]?.state === 'stopped')).toBe(true);
    expect(await rig.type('jobs')).toMatch(/Stopped {17}sleep 100$/);
    expect(await rig.start('fg %1')).toBe(false);
    expect(await rig.interrupt()).toBe(true);
    expect(rig.shell.jobs.all).toEqual([]);
  });

  test('what ends in the background is said when asked for', async () => {
    const rig = new ShellRig();
    await rig.type('sleep 1 &', '(exit 3) &');
    await rig.pass(2000);
    expect(rig.shell.takeNotices()).toEqual([
      '[1]-  Done                    sleep 1',
      '[2]+  Exit 3                  (exit 3)',
    ]);
    expect(rig.shell.takeNotices()).toEqual([]);
  });
});

describe('time', () => {
  test('a loop in the background takes part in time that passes', async () => {
    const rig = await rigWithServer();
    await rig.type('while true; do redis-cli INCR ticks > /dev/null; sleep 1; done &');
    await rig.pass(9500);
    expect(await rig.type('redis-cli GET ticks')).toMatch(/"10"$/);
  });

  test('tail -f shows what is added to a log, and watch runs again and again', async () => {
    const rig = await rigWithServer();
    await rig.type('tail -n 0 -f node.log | cut -d " " -f 6- &', 'redis-cli DEBUG LOG hello');
    rig.takeText();
    await rig.pass(1000);
    expect(rig.takeText()).toContain('DEBUG LOG: hello');
    expect(await rig.start('watch -n 2 redis-cli INCR watched', 5000)).toBe(false);
    await rig.interrupt();
    expect(rig.takeText().match(/\(integer\) \d/g)).toEqual(['(integer) 1', '(integer) 2', '(integer) 3']);
  });

  test('the same lines print the same, byte for byte', async () => {
    const play = async (): Promise<string> => {
      const rig = await rigWithServer();
      await rig.type(
        'for i in 1 2 3; do redis-cli SET k:$i $RANDOM; done',
        'while sleep 0.3; do redis-cli INCR n; done &',
      );
      await rig.pass(2000);
      return rig.type('kill %2', 'cat node.log | tail -3', 'redis-cli --scan | sort', 'redis-cli GET k:2');
    };
    expect(await play()).toBe(await play());
  });

  test('with a clock that runs a line ends by itself, and the limit holds', async () => {
    const rig = await rigWithServer();
    await rig.machine.setClockRate(1000);
    expect(await rig.start('for i in 1 2 3; do sleep 1; redis-cli INCR n; done', 60_000)).toBe(true);
    expect(rig.takeText()).toBe('(integer) 1\n(integer) 2\n(integer) 3');
    expect(await rig.start('sleep 1000', 100)).toBe(false);
    await rig.interrupt();
  });

  test('a second cannot be slept while nobody lets the time pass', async () => {
    const rig = new ShellRig();
    expect(await rig.start('sleep 1; echo done')).toBe(false);
    expect(rig.takeText()).toBe('');
    await rig.pass(1000);
    expect(rig.takeText()).toBe('done');
  });
});

describe('Ctrl-C', () => {
  test('ends an endless loop, one that sleeps, a reader, and the rest of the line', async () => {
    const rig = await rigWithServer();
    for (const line of [
      'while true; do :; done',
      'while true; do sleep 1; done',
      'f() { f2; }; f2() { while :; do x=$((x + 1)); done; }; f',
    ]) {
      rig.takeText();
      expect([line, await rig.start(`${line}; echo not this`)]).toEqual([line, false]);
      expect([line, await rig.interrupt()]).toEqual([line, true]);
      expect(await rig.type('echo $?')).toBe('130');
    }
  });

  test('ends a loop of processes that leaves no time for anything else', async () => {
    const rig = await rigWithServer();
    const running = rig.shell.run('while true; do redis-cli INCR n > /dev/null; done');
    await rig.machine.settle();
    await rig.shell.interrupt();
    expect(await running).toEqual({ status: 130, exited: false });
  });

  test('leaves what runs in the background', async () => {
    const rig = new ShellRig();
    await rig.type('sleep 50 &');
    await rig.start('sleep 100');
    await rig.interrupt();
    expect(await rig.type('jobs')).toContain('Running');
  });

  test('forgets a line that was begun', async () => {
    const rig = new ShellRig();
    await rig.start('for i in 1 2; do');
    await rig.interrupt();
    expect(await rig.type('echo new')).toBe('new');
  });
});

test('a machine that goes away ends what waits for it, quietly', async () => {
  const rig = new ShellRig();
  await rig.type('sleep 100 &', 'redis-server --save "" > /dev/null &');
  await rig.machine.dispose();
});

test('a machine that is put back ends what waits for another time', async () => {
  const rig = new ShellRig();
  const { id } = await rig.machine.save();
  await rig.type('sleep 100 &', 'redis-server --save "" > /dev/null &');
  await rig.machine.restore(id);
  await rig.pass(0);
  expect(rig.shell.hasBackground).toBe(false);
});
