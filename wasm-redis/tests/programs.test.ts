import { expect, test } from 'vitest';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { type SpawnOptions } from '../machine.ts';
import { encodePipeline } from '../resp/encode.ts';
import { run, spawn, startMachine, startRedis, startServer, utf8 } from './rig.ts';

const CSI = '\u001b[';

/** Runs redis-cli to its end and returns what it printed. */
async function cli(machine: DirectMachine, args: string[], options: Omit<SpawnOptions, 'argv'> = {}): Promise<string> {
  const { stdout, stderr, status } = await run(machine, ['redis-cli', ...args], options);
  expect({ stderr, status }).toEqual({ stderr: '', status: { kind: 'exit', code: 0 } });
  return stdout;
}

test('replies are raw without a terminal, and as asked for', async () => {
  const { machine, client } = await startRedis();
  await client.pipeline([
    ['RPUSH', 'l', 'a', 'b "c"'],
    ['HSET', 'h', 'f', 'v'],
  ]);
  expect(await cli(machine, ['LRANGE', 'l', '0', '-1'])).toBe('a\nb "c"\n');
  expect(await cli(machine, ['--no-raw', 'LRANGE', 'l', '0', '-1'])).toBe('1) "a"\n2) "b \\"c\\""\n');
  expect(await cli(machine, ['--csv', 'LRANGE', 'l', '0', '-1'])).toBe('"a","b \\"c\\""\n');
  expect(await cli(machine, ['--json', 'LRANGE', 'l', '0', '-1'])).toBe('["a","b \\"c\\""]\n');
  expect(await cli(machine, ['--json', 'HGETALL', 'h'])).toBe('{"f":"v"}\n');
  expect(await cli(machine, ['--quoted-json', 'LINDEX', 'l', '1'])).toBe('"b \\\\"c\\\\""\n');
  expect(await cli(machine, ['-3', '--no-raw', 'HGETALL', 'h'])).toBe('1# "f" => "v"\n');
  expect(await cli(machine, ['-d', ', ', 'LRANGE', 'l', '0', '-1'])).toBe('a, b "c"\n');
  expect(await cli(machine, ['-n', '5', 'DBSIZE'])).toBe('0\n');
  expect(await cli(machine, ['--quoted-input', 'SET', '"\\x00"', 'v'])).toBe('OK\n');
});

test('an error sets the exit code only if asked to', async () => {
  const { machine } = await startRedis();
  expect(await cli(machine, ['INCR'])).toContain('ERR wrong number of arguments');
  const { stderr, status } = await run(machine, ['redis-cli', '-e', 'INCR']);
  expect(stderr).toContain('ERR wrong number of arguments');
  expect(status).toEqual({ kind: 'exit', code: 1 });
});

test('standard input is the last argument with -x, one in the middle with -X', async () => {
  const { machine } = await startRedis();
  expect(await cli(machine, ['-x', 'SET', 'k'], { stdin: utf8('a\nb') })).toBe('OK\n');
  expect(await cli(machine, ['GET', 'k'])).toBe('a\nb\n');
  expect(await cli(machine, ['-X', 'tag', 'SET', 'tag', 'v'], { stdin: utf8('key') })).toBe('OK\n');
  expect(await cli(machine, ['GET', 'key'])).toBe('v\n');
});

test('a command is repeated with -r, at intervals with -i', async () => {
  const { machine } = await startRedis();
  expect(await cli(machine, ['-r', '3', 'INCR', 'n'])).toBe('1\n2\n3\n');
  const program = await spawn(machine, { argv: ['redis-cli', '-r', '3', '-i', '10', 'INCR', 'n'] });
  await machine.advance(15_000);
  expect(program.output.stdout).toBe('4\n5\n');
  await machine.advance(20_000);
  expect(await program.exited).toEqual({ kind: 'exit', code: 0 });
});

test('--eval runs a file with keys and arguments', async () => {
  const { machine } = await startRedis();
  await machine.writeFile('/data/s.lua', utf8('return {KEYS[1], ARGV[1], ARGV[2]}'));
  expect(await cli(machine, ['--eval', 's.lua', 'k', ',', 'a', 'b'])).toBe('k\na\nb\n');
});

test('--scan lists keys by pattern and type', async () => {
  const { machine, client } = await startRedis();
  await client.pipeline([...Array(300).keys()].map((i) => ['SET', `user:${i}`, i]));
  await client.call('LPUSH', 'user:list', 'x');
  expect((await cli(machine, ['--scan'])).trim().split('\n')).toHaveLength(301);
  expect(await cli(machine, ['--scan', '--pattern', 'user:1?0'])).toMatch(/^(user:1\d0\n){10}$/);
  expect(await cli(machine, ['--scan', '--pattern', 'user:[l]*'])).toBe('user:list\n');
});

test('--bigkeys, --memkeys and --hotkeys look through all keys', async () => {
  const { machine, client } = await startRedis('--maxmemory-policy', 'allkeys-lfu');
  await client.pipeline([
    ['SET', 'small', 'x'],
    ['SET', 'large', 'x'.repeat(1000)],
    ['RPUSH', 'list', 'a', 'b', 'c'],
    ['ZADD', 'zset', 1, 'a'],
  ]);
  for (let i = 0; i < 100; i++) await client.call('GET', 'small');
  const big = await cli(machine, ['--bigkeys']);
  expect(big).toContain('Biggest string found \'"large"\' has 1000 bytes');
  expect(big).toContain('Biggest   list found \'"list"\' has 3 items');
  expect(big).toContain('1 zsets with 1 members (25.00% of keys, avg size 1.00)');
  const memory = await cli(machine, ['--memkeys']);
  expect(memory).toMatch(/Biggest string found '"large"' has 1\d\d\d bytes/);
  const hot = await cli(machine, ['--hotkeys']);
  expect(hot).toMatch(/hot key found with counter: \d+\tkeyname: "small"/);
});

test('--stat prints a line each second until it is interrupted', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v');
  const { pid, output, exited } = await spawn(machine, { argv: ['redis-cli', '--stat'] });
  await machine.advance(3500);
  const lines = output.stdout.split('\n');
  expect(lines[0]).toBe('------- data ------ --------------------- load -------------------- - child -');
  expect(lines.slice(2, -1)).toEqual(Array(4).fill(expect.stringMatching(/^1 +\d+\.\d+K +2 +0 +\d+ \(\+\d+\) +\d+ /)));
  await machine.kill(pid, 'SIGINT');
  expect(await exited).toEqual({ kind: 'signal', signal: 'SIGINT' });
});

test('--latency measures until Ctrl-C, --latency-history and --latency-dist in windows', async () => {
  const { machine } = await startRedis();
  let screen = '';
  const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
    screen += new TextDecoder().decode(bytes);
  });
  const pid = await machine.spawn({ argv: ['redis-cli', '--latency'], terminal });
  await machine.advance(500);
  expect(screen).toContain(`${CSI}0G${CSI}2Kmin: 0, max: 0, avg: 0.00 (`);
  await machine.type(terminal, Uint8Array.of(3));
  expect(await machine.exited(pid)).toEqual({ kind: 'signal', signal: 'SIGINT' });
  const history = await spawn(machine, { argv: ['redis-cli', '--latency-history', '-i', '2'] });
  await machine.advance(5000);
  expect(history.output.stdout.split('\n').length).toBeGreaterThanOrEqual(2);
  await machine.kill(history.pid, 'SIGINT');
  await history.exited;
  const distribution = await spawn(machine, { argv: ['redis-cli', '--latency-dist', '-i', '1'] });
  await machine.advance(3000);
  expect(distribution.output.stdout).toContain('---------------------------------------------');
  await machine.kill(distribution.pid, 'SIGINT');
  await distribution.exited;
});

test('--intrinsic-latency measures the machine', async () => {
  const machine = startMachine({ clockRate: 10 });
  const output = await cli(machine, ['--intrinsic-latency', '1']);
  expect(output).toMatch(/Max latency so far: \d+ microseconds\./);
  expect(output).toMatch(/\d+ total runs \(avg latency: /);
});

test('--lru-test fills the server and counts hits', async () => {
  const { machine } = await startRedis('--maxmemory', '3mb', '--maxmemory-policy', 'allkeys-lru');
  const reported = Promise.withResolvers<string>();
  const pid = await machine.spawn({
    argv: ['redis-cli', '--lru-test', '1000'],
    onOutput: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      if (text.includes('Hits:')) reported.resolve(text);
    },
  });
  // It reports once a second, and is busy all the time.
  await machine.setClockRate(10);
  expect(await reported.promise).toMatch(/^\d+ Gets\/sec \| Hits: \d+ \(\d+\.\d\d%\) \| Misses: \d+/);
  await machine.setClockRate(0);
  machine.kernel.processAt(pid)?.signal('SIGKILL');
});

test('--pipe sends a file of commands and counts the replies', async () => {
  const { machine, client } = await startRedis();
  const commands = encodePipeline([...Array(5000).keys()].map((i) => ['SET', `k${i}`, 'x'.repeat(100)]));
  expect(await cli(machine, ['--pipe'], { stdin: commands })).toContain('errors: 0, replies: 5000');
  expect(await client.call('DBSIZE')).toBe(5000);
  const wrong = await run(machine, ['redis-cli', '--pipe'], { stdin: utf8('NOSUCH\r\nPING\r\n') });
  expect(wrong.stdout).toContain('errors: 1, replies: 2');
});

test('--rdb and --functions-rdb fetch a snapshot as a replica would', async () => {
  const { machine, client } = await startRedis('--repl-diskless-sync-delay', '0');
  await client.call('SET', 'k', 'v');
  const program = await spawn(machine, { argv: ['redis-cli', '--rdb', '/tmp/copy.rdb'] });
  await machine.advance(2000);
  expect(await program.exited).toEqual({ kind: 'exit', code: 0 });
  expect(program.output.stderr + program.output.stdout).toContain('Transfer finished with success');
  expect((await run(machine, ['redis-check-rdb', '/tmp/copy.rdb'])).stdout).toContain('[info] 1 keys read');
  await startServer(machine, '--port', '7000', '--dir', '/tmp', '--dbfilename', 'copy.rdb');
  expect(await cli(machine, ['-p', '7000', 'GET', 'k'])).toBe('v\n');
});

test('--replica shows what replicas are sent', async () => {
  const { machine, client } = await startRedis('--repl-diskless-sync-delay', '0');
  const { pid, output, exited } = await spawn(machine, { argv: ['redis-cli', '--replica'] });
  await machine.advance(2000);
  await client.call('SET', 'k', 'v');
  await machine.settle();
  expect(output.stdout).toBe('"SELECT","0"\n"SET","k","v"\n');
  await machine.kill(pid, 'SIGINT');
  await exited;
});

test('redis-benchmark -q prints a line for each test', async () => {
  const { machine, client } = await startRedis();
  await machine.setClockRate(1);
  const { stdout, status } = await run(machine, [
    'redis-benchmark',
    '-q',
    '-n',
    '2000',
    '-c',
    '20',
    '-P',
    '4',
    '-t',
    'ping,set,get,lpush,lrange_100',
    '-r',
    '1000',
  ]);
  await machine.setClockRate(0);
  expect(status).toEqual({ kind: 'exit', code: 0 });
  const last = stdout.split(/[\r\n]+/).filter((line) => line.includes('requests per second'));
  expect(last.map((line) => line.replace(/: \d.*/, ''))).toEqual([
    'PING_INLINE',
    'PING_MBULK',
    'SET',
    'GET',
    'LPUSH',
    'LPUSH (needed to benchmark LRANGE)',
    'LRANGE_100 (first 100 elements)',
  ]);
  expect(await client.call('DBSIZE')).toBeGreaterThan(500);
});

test('redis-benchmark takes a command, CSV and an idle mode', async () => {
  const { machine } = await startRedis();
  await machine.setClockRate(1);
  const { stdout } = await run(machine, ['redis-benchmark', '--csv', '-n', '500', 'INCR', 'n']);
  expect(stdout).toMatch(/^"test","rps","avg_latency_ms"/);
  expect(stdout).toMatch(/\n"INCR n","\d+\.\d+"/);
  await machine.setClockRate(0);
  expect(await cli(machine, ['GET', 'n'])).toBe('500\n');
});

test('redis-benchmark without a server says so', async () => {
  const machine = startMachine();
  const { stderr, status } = await run(machine, ['redis-benchmark', '-q', '-n', '10']);
  expect(stderr).toContain('Could not connect to Redis at 127.0.0.1:6379');
  expect(status).toEqual({ kind: 'exit', code: 1 });
});
