import { describe, expect, test } from 'vitest';
import type { CaptureId, Machine, MachineOptions, Segment } from '../machine.ts';
import { RedisClient } from '../resp/client.ts';
import { EPOCH_MS, PORT, run, spawn, startServer } from './rig.ts';

const [A, B] = ['10.0.0.1', '10.0.0.2'];
const OWN = '10.0.0.254';
const decoder = new TextDecoder();

/** A segment in one line: `<` for one from the listener, then what is special about it. */
function told({ kind, from, byteCount, bytes, lost, again }: Segment): string {
  const text = bytes.length > 0 ? ` ${decoder.decode(bytes).replaceAll('\r\n', ' ').trim()}` : '';
  const about = `${lost ? ' lost' : ''}${again ? ' again' : ''}${kind === 'arrived' || kind === 'lost' ? ` ${byteCount}` : ''}`;
  return `${from.port === PORT ? '<' : '>'} ${kind}${about}${text}`;
}

async function take(machine: Machine, capture: CaptureId): Promise<Segment[]> {
  await machine.settle();
  return [...(await machine.captured(capture)).segments];
}

/** What is captured of a network, told of any `Machine`. */
export function describeCapture(name: string, start: (options: Partial<MachineOptions>) => Promise<Machine>): void {
  const startMachine = (seed = 1): Promise<Machine> => start({ seed, epochMs: EPOCH_MS, clockRate: 0 });

  /** A server on another host, so that faults may concern the way to it. */
  const startAway = async (machine: Machine): Promise<void> => {
    const argv = ['redis-server', '--protected-mode', 'no', '--save', '', '--repl-diskless-sync-delay', '0'] as const;
    await machine.spawn({ argv, host: A, cwd: '/data/a' });
    await machine.listening(PORT, A);
  };

  describe(`${name}: captures`, () => {
    test('a connection of a program is seen from its handshake to its end, byte for byte', async () => {
      const machine = await startMachine();
      await startServer(machine, '--save', '');
      await machine.advance(1234.5);
      const capture = await machine.capture();
      await run(machine, ['redis-cli', 'SET', 'k', 'v']);
      const segments = await take(machine, capture);
      expect(segments.map(told)).toEqual([
        '> connect',
        '< connected',
        '> data *3 $3 SET $1 k $1 v',
        '< data +OK',
        '> end',
        '< end',
      ]);
      const loopback = { host: OWN, address: '127.0.0.1', outside: false };
      expect(segments[2]).toMatchObject({
        uptimeMs: 1234.5,
        connection: 1,
        from: { ...loopback, port: 32768 },
        to: { ...loopback, port: PORT },
        offset: 0,
        byteCount: 27,
      });
      expect(await machine.captured(capture)).toEqual({ segments: [], bytes: new Uint8Array(0), dropped: 0 });
    });

    test('what was noted can be taken in parts, the oldest first', async () => {
      const machine = await startMachine();
      await startServer(machine, '--save', '');
      const capture = await machine.capture();
      await run(machine, ['redis-cli', 'SET', 'k', 'v']);
      await machine.settle();
      const parts = [];
      for (const most of [1, 2, 100]) parts.push(await machine.captured(capture, most));
      expect(parts.map(({ segments }) => segments.map(told))).toEqual([
        ['> connect'],
        ['< connected', '> data *3 $3 SET $1 k $1 v'],
        ['< data +OK', '> end', '< end'],
      ]);
      expect(parts.map(({ bytes }) => bytes.length)).toEqual([0, 27, 5]);
      expect((await machine.captured(capture)).segments).toEqual([]);
    });

    test('a connection that was there before is seen from its next byte on; raw connections are marked', async () => {
      const machine = await startMachine();
      const client = await (await startServer(machine, '--save', '')).client();
      await client.call('PING');
      const capture = await machine.capture();
      for (const word of ['one', 'two']) await client.call('ECHO', word);
      await client.close();
      const segments = await take(machine, capture);
      expect(segments.map(told)).toEqual([
        '> data *2 $4 ECHO $3 one',
        '< data $3 one',
        '> data *2 $4 ECHO $3 two',
        '< data $3 two',
        '> end',
        '< end',
      ]);
      expect(segments.map(({ offset }) => offset)).toEqual([0, 0, 23, 9, 46, 18]);
      expect(segments[0]).toMatchObject({ from: { outside: true }, to: { outside: false } });
    });

    test('where nobody listens a connection is refused; what is left unread resets it', async () => {
      const machine = await startMachine();
      const capture = await machine.capture();
      await run(machine, ['redis-cli', 'PING']);
      // redis-cli asks once more.
      const refused = ['> connect', '< refused'];
      expect((await take(machine, capture)).map(told)).toEqual([...refused, ...refused]);
      const server = await startServer(machine, '--save', '');
      const client = await server.client();
      await machine.kill(server.pid, 'SIGSTOP');
      void client.call('PING').catch(() => 'never answered');
      await machine.settle();
      await machine.kill(server.pid, 'SIGKILL');
      await client.ended;
      const reset = ['> connect', '< connected', '> data *1 $4 PING', '< reset'];
      expect((await take(machine, capture)).map(told)).toEqual(reset);
    });

    test('a slow link: each direction has its time of sending and of arrival', async () => {
      const machine = await startMachine();
      await startAway(machine);
      await machine.inject({ type: 'latency', from: '127.0.0.1', to: A, latencyMs: 20 });
      const capture = await machine.capture();
      const client = await spawn(machine, { argv: ['redis-cli', '-h', A, 'PING'] });
      await machine.advance(200);
      expect(client.output.stdout).toBe('PONG\n');
      const segments = await take(machine, capture);
      expect(segments.map((segment) => `${segment.uptimeMs} ${told(segment)}`)).toEqual([
        '0 > connect',
        '40 < connected',
        '40 > data *1 $4 PING',
        '60 > arrived 14',
        '60 < data +PONG',
        '80 < arrived 7',
        '80 > end',
        '100 > arrived 0',
        '100 < end',
      ]);
    });

    test('a cut link: what is lost is said, and when it is sent again', async () => {
      const machine = await startMachine();
      await startAway(machine);
      const client = await RedisClient.connect(machine, { host: A, port: PORT });
      await machine.inject({ type: 'latency', from: '127.0.0.1', to: A, latencyMs: 20 });
      const capture = await machine.capture();
      const under = client.call('ECHO', 'under way');
      await machine.advance(10);
      await machine.inject({ type: 'cut', from: '127.0.0.1', to: A });
      const into = client.call('PING');
      await machine.advance(100);
      await machine.inject({ type: 'heal' });
      await machine.advance(1000);
      expect([await under, await into]).toEqual(['under way', 'PONG']);
      const segments = await take(machine, capture);
      expect(segments.map((segment) => `${segment.uptimeMs} ${told(segment)}`)).toEqual([
        '0 > data *2 $4 ECHO $9 under way',
        '10 > lost 29',
        '10 > data lost *1 $4 PING',
        '210 > data again *2 $4 ECHO $9 under way',
        '230 > arrived 29',
        '210 > data again *1 $4 PING',
        '230 > arrived 14',
        '230 < data $9 under way +PONG',
        '250 < arrived 22',
      ]);
    });

    test('a connection that cannot be made is asked for again when the link is whole', async () => {
      const machine = await startMachine();
      await startAway(machine);
      await machine.inject({ type: 'cut', from: '127.0.0.1', to: A });
      const capture = await machine.capture();
      const client = await spawn(machine, { argv: ['redis-cli', '-h', A, 'PING'] });
      await machine.advance(100);
      await machine.inject({ type: 'heal' });
      await machine.advance(1000);
      expect(client.output.stdout).toBe('PONG\n');
      const first = (await take(machine, capture)).slice(0, 3);
      expect(first.map((segment) => `${segment.uptimeMs} ${told(segment)}`)).toEqual([
        '0 > connect lost',
        '1000 > connect again',
        '1000 < connected',
      ]);
      expect(new Set(first.map(({ connection, from, to }) => [connection, from.port + to.port].join())).size).toBe(1);
    });

    test('captures are independent: each has its filter, its place and its end', async () => {
      const machine = await startMachine();
      await startAway(machine);
      await startServer(machine, '--save', '');
      const [all, away, other] = [
        await machine.capture(),
        await machine.capture({ hosts: [A, OWN], port: PORT }),
        await machine.capture({ hosts: [A, B] }),
      ];
      await run(machine, ['redis-cli', 'PING']);
      await run(machine, ['redis-cli', '-h', A, 'PING']);
      const ends = (segments: Segment[]): string[] => [...new Set(segments.map(({ to }) => to.host))];
      expect(ends(await take(machine, all))).toEqual([OWN, A]);
      expect((await take(machine, away)).map(({ connection }) => connection)).toEqual([2, 2, 2, 2, 2, 2]);
      expect(await take(machine, other)).toEqual([]);
      await machine.endCapture(all);
      await machine.endCapture(all);
      await expect(machine.captured(all)).rejects.toMatchObject({ code: 'EBADF' });
      await run(machine, ['redis-cli', '-h', A, 'PING']);
      expect(await take(machine, away)).toHaveLength(6);
    });

    test('after a restore a capture goes on with what happens then', async () => {
      const machine = await startMachine();
      await startServer(machine, '--save', '');
      const save = await machine.save();
      const capture = await machine.capture();
      await run(machine, ['redis-cli', 'SET', 'k', 'v']);
      await machine.restore(save.id);
      expect(await take(machine, capture)).toEqual([]);
      await run(machine, ['redis-cli', 'GET', 'k']);
      const segments = await take(machine, capture);
      expect(segments.map(told)).toContain('< data $-1');
      expect(segments.every(({ connection }) => connection === 2)).toBe(true);
    });

    test('a machine does the same to the byte, whether somebody captures or not', async () => {
      const record = async (captures: boolean): Promise<string> => {
        const machine = await startMachine(7);
        if (captures) await machine.capture();
        const server = await startServer(machine, '--save', '');
        await startAway(machine);
        await machine.inject({ type: 'latency', from: '127.0.0.1', to: A, latencyMs: 5, jitterMs: 5 });
        const replica = ['redis-server', '--port', '6380', '--replicaof', A, String(PORT), '--save', ''] as const;
        await machine.spawn({ argv: replica, cwd: '/data/replica' });
        await machine.advance(3000);
        const info = (await run(machine, ['redis-cli', '-p', '6380', 'INFO', 'replication'])).stdout;
        expect(info).toContain('master_link_status:up');
        const clients = (await run(machine, ['redis-cli', 'CLIENT', 'LIST'])).stdout;
        return [server.log(), info, clients].join('\n');
      };
      expect(await record(true)).toBe(await record(false));
    });
  });
}
