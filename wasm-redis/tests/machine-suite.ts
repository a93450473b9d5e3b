import { describe, expect, onTestFinished, test } from 'vitest';
import { type Fault, type Machine, type MachineEvent, type MachineOptions, type TerminalId } from '../machine.ts';
import { EPOCH_MS, PORT, run, spawn, startServer, utf8 } from './rig.ts';

export type StartMachine = (options: Omit<MachineOptions, 'loadModule'>) => Promise<Machine>;

const KEEP_NOTHING = ['--save', ''];

/**
 * What every implementation of `Machine` does: the same tests for the one on this thread and for the one behind a
 * worker. The clock stands unless a test sets it going.
 */
export function describeMachine(name: string, start: StartMachine): void {
  const startMachine = async (options: Omit<MachineOptions, 'loadModule'> = {}): Promise<Machine> => {
    const machine = await start({ seed: 1, epochMs: EPOCH_MS, clockRate: 0, ...options });
    onTestFinished(() => machine.dispose());
    return machine;
  };

  describe(`${name}: programs`, () => {
    test('a program runs to its end and its output arrives', async () => {
      const machine = await startMachine();
      const { stdout, stderr, status } = await run(machine, ['redis-cli', '--version']);
      expect({ stdout, stderr, status }).toEqual({
        stdout: expect.stringMatching(/^redis-cli \d+\.\d+\.\d+\n$/),
        stderr: '',
        status: { kind: 'exit', code: 0 },
      });
    });

    test.each(['redis-server', 'redis-benchmark', 'redis-sentinel'] as const)(
      '%s says its version',
      async (program) => {
        const machine = await startMachine();
        const { stdout, status } = await run(machine, [program, '--version']);
        expect(stdout).toMatch(/\d+\.\d+\.\d+/);
        expect(status).toEqual({ kind: 'exit', code: 0 });
      },
    );

    test.each(['redis-check-rdb', 'redis-check-aof'] as const)(
      '%s without a file says how to use it',
      async (program) => {
        const machine = await startMachine();
        const { stdout, stderr, status } = await run(machine, [program]);
        expect(stdout + stderr).toMatch(/^Usage: redis-check-/);
        expect(status).toEqual({ kind: 'exit', code: 1 });
      },
    );

    test('a bad option ends the program with its own message and status 1', async () => {
      const machine = await startMachine();
      const { stderr, stdout, status } = await run(machine, ['redis-server', '--no-such-option', 'x']);
      expect(stdout + stderr).toContain('Bad directive or wrong number of arguments');
      expect(status).toEqual({ kind: 'exit', code: 1 });
    });

    test('an unknown program is refused, and the message names those that exist', async () => {
      const machine = await startMachine();
      const argv = ['vim'] as unknown as ['redis-cli'];
      await expect(machine.spawn({ argv })).rejects.toMatchObject({
        code: 'ENOENT',
        message: expect.stringMatching(/^vim: .*redis-server, redis-sentinel, redis-cli/),
      });
    });

    test('a program gets its environment and its folder, which is made', async () => {
      const machine = await startMachine();
      const argv = ['redis-server', '--requirepass', 'secret', '--save', '3600 1'] as const;
      const server = await spawn(machine, { argv, cwd: '/made/for/it' });
      await machine.listening(PORT);
      const wrong = await run(machine, ['redis-cli', 'PING']);
      expect(wrong.stdout).toBe('NOAUTH Authentication required.\n\n');
      const right = await run(machine, ['redis-cli', 'PING'], { env: { REDISCLI_AUTH: 'secret' } });
      expect(right).toMatchObject({ stdout: 'PONG\n', stderr: '' });
      await run(machine, ['redis-cli', 'SAVE'], { env: { REDISCLI_AUTH: 'secret' } });
      expect((await machine.listFiles('/')).map(({ path }) => path)).toEqual(['/made/for/it/dump.rdb']);
      await machine.kill(server.pid, 'SIGKILL');
    });

    test('a folder that is a file is refused', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/file', utf8('x'));
      await expect(machine.spawn({ argv: ['redis-cli'], cwd: '/data/file' })).rejects.toMatchObject({
        code: 'ENOTDIR',
        message: expect.stringContaining('/data/file'),
      });
    });

    test('processes are listed with what they do', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.settle();
      expect(await machine.processes()).toEqual([
        {
          pid: server.pid,
          argv: expect.arrayContaining(['redis-server', '--port', '6379']),
          host: '10.0.0.254',
          state: 'waiting',
          memoryBytes: expect.any(Number),
          listening: [PORT],
        },
      ]);
      const [info] = await machine.processes();
      expect(info!.memoryBytes % 65536).toBe(0);
      expect(info!.memoryBytes).toBeGreaterThan(1024 * 1024);
    });

    test('listening resolves when somebody listens, and at once if somebody does', async () => {
      const machine = await startMachine();
      const later = machine.listening(7000);
      await machine.spawn({ argv: ['redis-server', '--port', '7000', ...KEEP_NOTHING] });
      await later;
      await machine.listening(7000);
    });

    test('a port that is taken ends the second server with its own message', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { stdout, status } = await run(machine, ['redis-server', '--port', String(PORT)]);
      expect(stdout).toContain('Failed listening on port 6379 (TCP), aborting.');
      expect(status).toEqual({ kind: 'exit', code: 1 });
    });

    test('exited tells of a process that has gone, as often as asked', async () => {
      const machine = await startMachine();
      const { pid } = await spawn(machine, { argv: ['redis-cli', '--version'] });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      await expect(machine.exited(99999)).rejects.toMatchObject({ code: 'ESRCH' });
    });

    test('what happens to processes is told, in order', async () => {
      const machine = await startMachine();
      const events: MachineEvent[] = [];
      await machine.subscribe((event) => void events.push(event));
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGKILL');
      await server.exited;
      expect(events.map(({ type }) => type)).toEqual(['started', 'listening', 'closed', 'exited']);
      expect(events).toEqual(Array(4).fill(expect.objectContaining({ pid: server.pid })));
      expect(events[1]).toMatchObject({ port: PORT });
      expect(events[3]).toMatchObject({ status: { kind: 'signal', signal: 'SIGKILL' } });
    });
  });

  describe(`${name}: signals`, () => {
    test('SIGTERM lets a server save and say goodbye', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--save', '3600 1');
      await (await server.client()).call('SET', 'k', 'v');
      await machine.kill(server.pid, 'SIGTERM');
      await machine.advance(200);
      expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
      expect(server.log()).toContain('Redis is now ready to exit, bye bye...');
      expect((await machine.listFiles('/data')).map(({ path }) => path)).toEqual(['/data/dump.rdb']);
    });

    test('SIGINT ends a server as Ctrl-C does', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGINT');
      await machine.advance(200);
      expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
      expect(server.log()).toContain('Received SIGINT scheduling shutdown');
    });

    test('SIGKILL ends a process at once', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--save', '3600 1');
      await (await server.client()).call('SET', 'k', 'v');
      await machine.kill(server.pid, 'SIGKILL');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      expect(await machine.listFiles('/data')).toEqual([]);
      expect(await machine.processes()).toEqual([]);
    });

    test('a signal that a program does not handle ends it, one that it ignores does not', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGHUP');
      await machine.advance(1000);
      expect(await machine.processes()).toHaveLength(1);
      await machine.kill(server.pid, 'SIGUSR1');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGUSR1' });
    });

    test('a stopped process does nothing until it is continued', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      let answered = false;
      const pong = client.call('PING').finally(() => (answered = true));
      await machine.advance(5000);
      expect(answered).toBe(false);
      expect((await machine.processes())[0]!.state).toBe('stopped');
      await machine.kill(server.pid, 'SIGCONT');
      expect(await pong).toBe('PONG');
    });

    test('a stopped process can be killed', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await machine.kill(server.pid, 'SIGSTOP');
      await machine.kill(server.pid, 'SIGKILL');
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    });

    test('a signal to a process that has gone is no error', async () => {
      const machine = await startMachine();
      const { pid, exited } = await spawn(machine, { argv: ['redis-cli', '--version'] });
      await exited;
      await machine.kill(pid, 'SIGTERM');
      await machine.kill(4711, 'SIGKILL');
    });
  });

  describe(`${name}: standard input`, () => {
    test('input given whole is read to its end', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { stdout } = await run(machine, ['redis-cli'], { stdin: utf8('SET k v\nGET k\n') });
      expect(stdout).toBe('OK\nv\n');
    });

    test('input may be larger than a pipe', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const value = 'x'.repeat(300_000);
      const { stdout } = await run(machine, ['redis-cli', '-x', 'SET', 'k'], { stdin: utf8(value) });
      expect(stdout).toBe('OK\n');
      expect((await run(machine, ['redis-cli', 'STRLEN', 'k'])).stdout).toBe('300000\n');
    });

    test('open input is written as it comes and ended by closing', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
      await machine.writeStdin(cli.pid, utf8('SET k v\n'));
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
      expect(cli.output.stdout).toBe('OK\n');
      await machine.closeStdin(cli.pid);
      expect(await cli.exited).toEqual({ kind: 'exit', code: 0 });
    });

    test('writing waits while the program does not read', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli', '-x', 'SET', 'k'], stdin: 'open' });
      await machine.kill(cli.pid, 'SIGSTOP');
      let written = false;
      const writing = machine.writeStdin(cli.pid, new Uint8Array(200_000)).then(() => (written = true));
      await machine.settle();
      expect(written).toBe(false);
      await machine.kill(cli.pid, 'SIGCONT');
      await writing;
      await machine.closeStdin(cli.pid);
      await cli.exited;
      expect(await (await server.client()).call('STRLEN', 'k')).toBe(200_000);
    });

    test('a process without open input, or none, cannot be written to', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await expect(machine.writeStdin(server.pid, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.closeStdin(server.pid)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.writeStdin(4711, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
    });

    test('writing to a program that ends meanwhile is refused', async () => {
      const machine = await startMachine();
      const cli = await spawn(machine, { argv: ['redis-cli', '-x', 'SET', 'k'], stdin: 'open' });
      await machine.kill(cli.pid, 'SIGSTOP');
      const writing = machine.writeStdin(cli.pid, new Uint8Array(200_000));
      const refused = expect(writing).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.kill(cli.pid, 'SIGKILL');
      await refused;
    });

    test('waiting for input ends with the time limit, which a standing clock is moved to', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const cli = await spawn(machine, { argv: ['redis-cli'], stdin: 'open' });
      await machine.writeStdin(cli.pid, utf8('BLPOP q 10\n'));
      const before = await machine.clock();
      expect(await machine.waitForInput(cli.pid, 3000)).toBe(false);
      expect((await machine.clock()).nowMs - before.nowMs).toBe(3000);
      expect(await machine.waitForInput(cli.pid, 60_000)).toBe(true);
      expect((await machine.clock()).nowMs - before.nowMs).toBeLessThan(11_000);
      expect(cli.output.stdout).toBe('\n');
    });

    test('waiting for input of a process that has gone is over', async () => {
      const machine = await startMachine();
      const cli = await spawn(machine, { argv: ['redis-cli', '--version'] });
      await cli.exited;
      expect(await machine.waitForInput(cli.pid, 1000)).toBe(true);
    });
  });

  describe(`${name}: connections`, () => {
    test('bytes go in and come out, and the end comes as null', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      let received = '';
      const ended = Promise.withResolvers<void>();
      const connection = await machine.connect({ port: PORT }, (bytes) => {
        if (bytes) received += new TextDecoder().decode(bytes);
        else ended.resolve();
      });
      await machine.send(connection, utf8('PING\r\nQUIT\r\n'));
      await ended.promise;
      expect(received).toBe('+PONG\r\n+OK\r\n');
      await expect(machine.send(connection, utf8('PING\r\n'))).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.disconnect(connection);
    });

    test('where nobody listens the connection is refused', async () => {
      const machine = await startMachine();
      await expect(machine.connect({ port: 1 }, () => {})).rejects.toMatchObject({
        code: 'ECONNREFUSED',
        message: 'Nothing listens on 127.0.0.1:1. Is the server running?',
      });
    });

    test('a server sees that its client has disconnected', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const other = await machine.connect({ port: PORT }, () => {});
      await machine.settle();
      expect(await client.call('CLIENT', 'LIST')).toMatch(/^(.*\n){2}$/);
      await machine.disconnect(other);
      await machine.settle();
      expect(await client.call('CLIENT', 'LIST')).toMatch(/^(.*\n){1}$/);
    });

    test('a listener that is slow holds the server back', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      await client.call('SET', 'k', 'x'.repeat(1_000_000));
      let received = 0;
      const total = 3 * ('$1000000\r\n'.length + 1_000_000 + 2);
      const slow = Promise.withResolvers<void>();
      const complete = Promise.withResolvers<void>();
      const connection = await machine.connect({ port: PORT }, (bytes) => {
        received += bytes?.length ?? 0;
        if (received === total) complete.resolve();
        return slow.promise;
      });
      for (let i = 0; i < 3; i++) await machine.send(connection, utf8('GET k\r\n'));
      await machine.settle();
      expect(received).toBeLessThan(1_000_000);
      expect(await client.call('CLIENT', 'LIST')).toMatch(/ omem=[1-9]\d{5,} /);
      slow.resolve();
      await complete.promise;
    });

    test('a reply larger than all buffers arrives whole', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const value = 'x'.repeat(5_000_000);
      await client.call('SET', 'k', value);
      expect(await client.call('GET', 'k')).toBe(value);
    });

    test('sending waits while the server does not read', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const replies: Uint8Array[] = [];
      const connection = await machine.connect({ port: PORT }, (bytes) => void (bytes && replies.push(bytes)));
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      const big = utf8(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2000000\r\n${'x'.repeat(2_000_000)}\r\n`);
      let sent = false;
      const sending = machine.send(connection, big).then(() => (sent = true));
      await machine.settle();
      expect(sent).toBe(false);
      await machine.kill(server.pid, 'SIGCONT');
      await sending;
      await machine.settle();
      expect(replies.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['+OK\r\n']);
    });

    test('what is being sent when the server dies is refused', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const connection = await machine.connect({ port: PORT }, () => {});
      await machine.settle();
      await machine.kill(server.pid, 'SIGSTOP');
      const sending = machine.send(connection, new Uint8Array(2_000_000));
      const refused = expect(sending).rejects.toMatchObject({ code: 'EPIPE' });
      await machine.kill(server.pid, 'SIGKILL');
      await refused;
    });
  });

  describe(`${name}: terminals`, () => {
    /** A terminal whose screen is the text it has received. */
    const openTerminal = async (machine: Machine): Promise<{ id: TerminalId; screen: () => string }> => {
      let screen = '';
      const decoder = new TextDecoder();
      const id = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
        screen += decoder.decode(bytes, { stream: true });
      });
      return { id, screen: () => screen };
    };

    test('a program on a terminal prompts, echoes and answers', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      expect(screen()).toContain('127.0.0.1:6379> ');
      await machine.type(id, utf8('SET k v\r'));
      await machine.settle();
      expect(screen()).toContain('SET k v');
      expect(screen()).toContain('\r\nOK\r\n');
    });

    test('Ctrl-C interrupts a program that does not read raw keys', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli', 'SUBSCRIBE', 'news'], terminal: id });
      await machine.settle();
      expect(screen()).toContain('1) "subscribe"');
      await machine.type(id, Uint8Array.of(3));
      expect(await machine.exited(pid)).toEqual({ kind: 'signal', signal: 'SIGINT' });
      expect(screen()).toMatch(/\^C$/);
    });

    test('hanging up ends what runs on the terminal', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      await machine.closeTerminal(id);
      expect(await machine.exited(pid)).toEqual({ kind: 'signal', signal: 'SIGHUP' });
      await expect(machine.type(id, utf8('x'))).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.resizeTerminal(id, { columns: 1, rows: 1 })).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.closeTerminal(id)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(machine.spawn({ argv: ['redis-cli'], terminal: id })).rejects.toMatchObject({ code: 'EBADF' });
    });

    test('a program sees the size that the terminal has now', async () => {
      const machine = await startMachine();
      await startServer(machine, ...KEEP_NOTHING);
      const { id, screen } = await openTerminal(machine);
      await machine.spawn({ argv: ['redis-cli'], terminal: id });
      await machine.settle();
      const lastDrawn = async (keys: string): Promise<string> => {
        await machine.type(id, utf8(keys));
        await machine.settle();
        return screen().slice(screen().lastIndexOf('\r\x1b[0K') + 1);
      };
      await machine.settle();
      expect(await lastDrawn('PING a-message-of-some-length')).toContain('PING a-message-of-some-length');
      expect(screen().slice(-5)).toBe('\x1b[45C');
      await machine.resizeTerminal(id, { columns: 30, rows: 24 });
      await machine.type(id, utf8('\r'));
      expect(await lastDrawn('PING a-message-of-some-length')).toContain('PING a-message-of-some-length');
      // The cursor is in the second row now, 30 columns less far to the right.
      expect(screen().slice(-5)).toBe('\x1b[15C');
    });

    test('a screen that is fast gets all of it', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'x'.repeat(2_000_000));
      const { id, screen } = await openTerminal(machine);
      const pid = await machine.spawn({ argv: ['redis-cli', 'GET', 'k'], terminal: id });
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(screen()).toHaveLength(2_000_000 + '""\r\n'.length);
    });

    test('a screen that is slow holds the program back', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'x'.repeat(2_000_000));
      let shown = 0;
      const slow = Promise.withResolvers<void>();
      const id = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
        shown += bytes.length;
        return slow.promise;
      });
      const pid = await machine.spawn({ argv: ['redis-cli', 'GET', 'k'], terminal: id });
      await machine.settle();
      expect(shown).toBeLessThan(2_000_000);
      expect(await machine.processes()).toHaveLength(2);
      slow.resolve();
      expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
      expect(shown).toBe(2_000_000 + '""\r\n'.length);
    });
  });

  describe(`${name}: files`, () => {
    test('a file is written, listed, read and removed', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/new/folder/b', utf8('content'));
      await machine.writeFile('/data/a', utf8(''));
      expect(await machine.listFiles('/data')).toEqual([
        { path: '/data/a', sizeBytes: 0, modifiedMs: EPOCH_MS },
        { path: '/data/new/folder/b', sizeBytes: 7, modifiedMs: EPOCH_MS },
      ]);
      expect(await machine.readFile('/data/new/folder/b')).toEqual(utf8('content'));
      await machine.writeFile('/data/new/folder/b', utf8('less'));
      expect(await machine.readFile('/data/new/folder/b')).toEqual(utf8('less'));
      await machine.removeFile('/data/new');
      expect((await machine.listFiles('/')).map(({ path }) => path)).toEqual(['/data/a']);
    });

    test('what is not there, or is a folder, cannot be read', async () => {
      const machine = await startMachine();
      await expect(machine.readFile('/data/none')).rejects.toMatchObject({
        code: 'ENOENT',
        message: 'There is no file /data/none.',
      });
      await expect(machine.readFile('/data')).rejects.toMatchObject({ code: 'EISDIR' });
      await expect(machine.readFile('/')).rejects.toMatchObject({ code: 'EISDIR' });
      expect(await machine.listFiles('/none')).toEqual([]);
      await machine.removeFile('/data/none');
    });

    test('a file cannot take the place of a folder, nor lie in a file', async () => {
      const machine = await startMachine();
      await machine.writeFile('/data/file', utf8('x'));
      await expect(machine.writeFile('/data', utf8('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      await expect(machine.writeFile('/data/file/below', utf8('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      expect(await machine.readFile('/data/file')).toEqual(utf8('x'));
    });

    test('files are copies: changing one side does not change the other', async () => {
      const machine = await startMachine();
      const given = utf8('abc');
      await machine.writeFile('/f', given);
      given[0] = 0;
      const taken = await machine.readFile('/f');
      expect(taken).toEqual(utf8('abc'));
      taken[0] = 0;
      expect(await machine.readFile('/f')).toEqual(utf8('abc'));
    });

    test('a file carries the time of its last change', async () => {
      const machine = await startMachine();
      await machine.writeFile('/f', utf8('abc'));
      await machine.advance(5000);
      await machine.writeFile('/f', utf8('abc'));
      expect((await machine.listFiles('/'))[0]!.modifiedMs).toBe(EPOCH_MS + 5000);
    });
  });

  describe(`${name}: clock`, () => {
    test('a standing clock moves only when it is moved', async () => {
      const machine = await startMachine();
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS, uptimeMs: 0, rate: 0 });
      await startServer(machine, ...KEEP_NOTHING);
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS, uptimeMs: 0, rate: 0 });
      await machine.advance(1234.5);
      expect(await machine.clock()).toEqual({ nowMs: EPOCH_MS + 1234.5, uptimeMs: 1234.5, rate: 0 });
    });

    test('advance stops at every timer, jump at none', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--loglevel', 'verbose', ...KEEP_NOTHING);
      await (await server.client()).call('SET', 'k', 'v');
      /** A server reports every five seconds, if it may. */
      const reports = (): string[] => server.log().match(/\S+(?= - DB 0: 1 keys)/g) ?? [];
      await machine.advance(15_000);
      expect(reports()).toEqual(['00:00:00.001', '00:00:05.001', '00:00:10.001']);
      await machine.jump(3_600_000);
      expect((await machine.clock()).nowMs).toBe(EPOCH_MS + 3_615_000);
      expect(reports()).toHaveLength(4);
    });

    test('settle says how long it is until the next timer', async () => {
      const machine = await startMachine();
      expect(await machine.settle()).toBe(Infinity);
      await startServer(machine, '--hz', '10', ...KEEP_NOTHING);
      const next = await machine.settle();
      expect(next).toBeGreaterThan(0);
      expect(next).toBeLessThanOrEqual(100);
    });

    test('a clock that runs makes timers fire by themselves', async () => {
      const machine = await startMachine();
      const client = await (await startServer(machine, ...KEEP_NOTHING)).client();
      const blocked = client.call('BLPOP', 'q', 50);
      await machine.setClockRate(1000);
      expect((await machine.clock()).rate).toBe(1000);
      expect(await blocked).toBe(null);
      await machine.setClockRate(0);
      const { uptimeMs } = await machine.clock();
      expect(uptimeMs).toBeGreaterThanOrEqual(50_000);
      await machine.settle();
      expect((await machine.clock()).uptimeMs).toBe(uptimeMs);
    });

    test.each([-1, NaN, Infinity])('a rate of %d is refused and changes nothing', async (rate) => {
      const machine = await startMachine();
      await expect(machine.setClockRate(rate)).rejects.toThrow('A clock');
      expect((await machine.clock()).rate).toBe(0);
    });

    test.each(['advance', 'jump'] as const)('%s does not go back', async (move) => {
      const machine = await startMachine();
      await machine.advance(1000);
      await expect(machine[move](-1)).rejects.toThrow('forward');
      await expect(machine[move](NaN)).rejects.toThrow('forward');
      expect((await machine.clock()).uptimeMs).toBe(1000);
    });
  });

  describe(`${name}: hosts and faults`, () => {
    const [A, B] = ['10.0.0.1', '10.0.0.2'];

    /** A server on a host of its own. */
    const startOn = async (machine: Machine, host: string, ...options: string[]): Promise<number> => {
      const fast = ['--protected-mode', 'no', '--repl-diskless-sync-delay', '0'];
      const argv = ['redis-server', ...fast, ...KEEP_NOTHING, ...options] as const;
      const pid = await machine.spawn({ argv, host, cwd: `/data/${host}` });
      await machine.listening(PORT, host);
      return pid;
    };
    const ask = async (machine: Machine, ...args: string[]): Promise<string> =>
      (await run(machine, ['redis-cli', ...args])).stdout.trim();

    test('each host has its own ports, and the other end sees its address', async () => {
      const machine = await startMachine();
      const first = await startOn(machine, A);
      await startOn(machine, B, '--replicaof', A, String(PORT));
      await machine.advance(2000);
      expect(await ask(machine, '-h', A, 'ROLE')).toMatch(/^master\n\d+\n10\.0\.0\.2\n6379\n/);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_host:10.0.0.1');
      expect(await ask(machine, 'PING')).toBe('');
      expect((await machine.processes()).find(({ pid }) => pid === first)).toMatchObject({ host: A });
    });

    test('what is not as it should be is told, and healed', async () => {
      const machine = await startMachine();
      const pid = await startOn(machine, A);
      await startOn(machine, B);
      expect(await machine.faults()).toEqual({ links: [], disks: [], later: [] });
      await machine.inject({ type: 'cut', from: A, to: B, oneWay: true });
      await machine.inject({ type: 'latency', from: B, to: '127.0.0.1', latencyMs: 2, jitterMs: 1, oneWay: true });
      await machine.inject({ type: 'disk', host: A, freeBytes: 1000, fsyncMs: 5 });
      await machine.inject({ type: 'signal', pid, signal: 'SIGSTOP' }, 1500);
      expect(await machine.faults()).toEqual({
        links: [
          { from: A, to: B, cut: true, latencyMs: 0, jitterMs: 0 },
          { from: B, to: '10.0.0.254', cut: false, latencyMs: 2, jitterMs: 1 },
        ],
        disks: [{ host: A, freeBytes: 1000, fsyncMs: 5 }],
        later: [{ uptimeMs: 1500, fault: { type: 'signal', pid, signal: 'SIGSTOP' } }],
      });
      await machine.inject({ type: 'heal' });
      expect((await machine.faults()).links).toMatchObject([{ from: B, cut: false }]);
      await machine.advance(1499);
      expect((await machine.processes())[0]!.state).toBe('waiting');
      await machine.advance(1);
      expect((await machine.processes())[0]!.state).toBe('stopped');
    });

    test.each([
      [{ type: 'cut', from: A, to: '10.9.9.9' }, 'EHOSTUNREACH'],
      [{ type: 'cut', from: A, to: A }, 'EINVAL'],
      [{ type: 'split', groups: [[A, B]] }, 'EINVAL'],
      [{ type: 'latency', from: A, to: B, latencyMs: -1 }, 'EINVAL'],
      [{ type: 'fire', host: A }, 'EINVAL'],
    ] as unknown as [Fault, string][])('%o is refused with %s', async (fault, code) => {
      const machine = await startMachine();
      await startOn(machine, A);
      await startOn(machine, B);
      await expect(machine.inject(fault)).rejects.toMatchObject({ code, message: expect.stringContaining('expected') });
    });

    test('on a full disk a snapshot fails with the system’s own words, and succeeds when there is room', async () => {
      const machine = await startMachine();
      await startOn(machine, A, '--rdbcompression', 'no', '--save', '3600 1');
      await ask(machine, '-h', A, 'SET', 'k', 'x'.repeat(1000));
      await machine.inject({ type: 'disk', host: A, freeBytes: 500 });
      expect(await ask(machine, '-h', A, 'SAVE')).toBe('ERR');
      expect((await machine.listFiles(`/data/${A}`)).map(({ path }) => path)).toEqual([]);
      await machine.inject({ type: 'disk', host: A, freeBytes: null });
      expect(await ask(machine, '-h', A, 'SAVE')).toBe('OK');
    });

    test('a slow disk keeps a server waiting that syncs every write', async () => {
      const machine = await startMachine();
      await startOn(machine, A, '--appendonly', 'yes', '--appendfsync', 'always');
      await machine.inject({ type: 'disk', host: A, fsyncMs: 250 });
      const before = (await machine.clock()).uptimeMs;
      expect(await ask(machine, '-h', A, 'SET', 'k', 'v')).toBe('OK');
      expect((await machine.clock()).uptimeMs - before).toBeGreaterThanOrEqual(250);
    });

    test('a primary behind a cut link is taken for lost, and its replica comes back when it is whole', async () => {
      const machine = await startMachine();
      await startOn(machine, A);
      await startOn(machine, B, '--replicaof', A, String(PORT), '--repl-timeout', '5');
      await machine.advance(2000);
      await machine.inject({ type: 'split', groups: [[A], [B]] });
      await machine.advance(10_000);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_link_status:down');
      await machine.inject({ type: 'heal', from: A, to: B });
      await machine.advance(70_000);
      expect(await ask(machine, '-h', B, 'INFO', 'replication')).toContain('master_link_status:up');
    });
  });

  describe(`${name}: the end`, () => {
    test('a power failure ends every process and takes back what was not fsynced', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'no');
      const client = await server.client();
      await client.call('SET', 'k', 'v');
      await machine.powerFailure();
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      await client.ended;
      const again = await startServer(machine, '--appendonly', 'yes', '--appendfsync', 'no');
      expect(await (await again.client()).call('GET', 'k')).toBe(null);
    });

    test('the same seed and clock give the same run, byte for byte', async () => {
      const record = async (seed: number): Promise<unknown> => {
        const machine = await startMachine({ seed });
        const server = await startServer(machine, '--appendonly', 'yes');
        const client = await server.client();
        const replies = [];
        for (const command of ['XADD s * f v', 'SRANDMEMBER set 3', 'ACL GENPASS', 'TIME', 'INFO', 'CLIENT LIST']) {
          await client.call('SADD', 'set', 'a', 'b', 'c', 'd', 'e', 'f');
          replies.push(await client.call(...command.split(' ')));
          await machine.advance(777);
        }
        await client.call('BGSAVE');
        await machine.advance(500);
        const files = [];
        for (const file of await machine.listFiles('/')) files.push([file, await machine.readFile(file.path)]);
        // Used CPU is the host's measure, and INFO shows it.
        return JSON.stringify([replies, server.log(), files]).replace(/used_cpu_[a-z_]+:[\d.]+/g, '');
      };
      const first = await record(7);
      expect(await record(7)).toBe(first);
      expect(await record(8)).not.toBe(first);
    });

    test('a machine that was disposed of ends its processes and refuses every call', async () => {
      const machine = await startMachine();
      const server = await startServer(machine, ...KEEP_NOTHING);
      const client = await server.client();
      const never = machine.listening(1);
      const refusedWait = expect(never).rejects.toMatchObject({ code: 'EDISPOSED' });
      await machine.dispose();
      await machine.dispose();
      await refusedWait;
      expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
      await client.ended;
      const size = { columns: 80, rows: 24 };
      const calls: Record<Exclude<keyof Machine, 'dispose'>, () => Promise<unknown>> = {
        spawn: () => machine.spawn({ argv: ['redis-cli'] }),
        kill: () => machine.kill(server.pid, 'SIGTERM'),
        exited: () => machine.exited(server.pid),
        processes: () => machine.processes(),
        listening: () => machine.listening(PORT),
        writeStdin: () => machine.writeStdin(server.pid, utf8('x')),
        closeStdin: () => machine.closeStdin(server.pid),
        waitForInput: () => machine.waitForInput(server.pid, 1),
        connect: () => machine.connect({ port: PORT }, () => {}),
        send: () => machine.send(1, utf8('x')),
        disconnect: () => machine.disconnect(1),
        openTerminal: () => machine.openTerminal(size, () => {}),
        type: () => machine.type(1, utf8('x')),
        resizeTerminal: () => machine.resizeTerminal(1, size),
        closeTerminal: () => machine.closeTerminal(1),
        readFile: () => machine.readFile('/f'),
        writeFile: () => machine.writeFile('/f', utf8('x')),
        removeFile: () => machine.removeFile('/f'),
        listFiles: () => machine.listFiles('/'),
        clock: () => machine.clock(),
        setClockRate: () => machine.setClockRate(1),
        advance: () => machine.advance(1),
        advanceToNext: () => machine.advanceToNext('timer', 1),
        jump: () => machine.jump(1),
        settle: () => machine.settle(),
        save: () => machine.save(),
        restore: () => machine.restore(1),
        saves: () => machine.saves(),
        dropSave: () => machine.dropSave(1),
        capture: () => machine.capture(),
        captured: () => machine.captured(1),
        endCapture: () => machine.endCapture(1),
        inject: () => machine.inject({ type: 'heal' }),
        faults: () => machine.faults(),
        powerFailure: () => machine.powerFailure(),
        subscribe: () => machine.subscribe(() => {}),
      };
      for (const [method, call] of Object.entries(calls)) {
        await expect(call(), method).rejects.toMatchObject({ code: 'EDISPOSED' });
      }
    });
  });
}
