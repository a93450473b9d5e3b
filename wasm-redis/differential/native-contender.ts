import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { answers } from '../bench/answers.ts';
import { freePort } from '../node/free-port.ts';
import { type Contender, encode, type Files, NO_FILES, SERVER_OPTIONS } from './contender.ts';
import { CLOSED, type Reply, ReplyReader } from './reply.ts';

/** A server reads no more than this in one turn of its event loop, and longer replies leave it in pieces too. */
const PIECE_BYTES = 16 * 1024;
const LOADING_POLL_MS = 2;

interface Client {
  socket: Socket;
  reader: ReplyReader;
  replies: Reply[];
  /** Bytes received since the last look. */
  fresh: number;
}

/** Debian's redis-server, on the loopback. */
export class NativeContender implements Contender {
  readonly name = 'native';
  /** Where it keeps dump.rdb and its AOF. */
  readonly folder: string;
  readonly port: number;
  readonly #server: ChildProcess;
  #clients: Client[] = [];
  /** Bytes sent since it has last settled. */
  #unread = 0;
  #control!: Client;

  private constructor(server: ChildProcess, port: number, folder: string) {
    this.#server = server;
    this.port = port;
    this.folder = folder;
  }

  /** Rejects, saying what to install, if there is no redis-server on the PATH. @param files what it finds at start */
  static async start(options: readonly string[] = [], files: Files = NO_FILES): Promise<NativeContender> {
    const [free, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'redis-differential-'))]);
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const argv = ['--port', String(free), '--bind', '127.0.0.1', '--dir', folder, ...SERVER_OPTIONS, ...options];
    const server = spawn('redis-server', argv, { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } });
    try {
      await once(server, 'spawn');
    } catch {
      throw new Error('There is no redis-server on the PATH to compare with. On Debian: apt-get install redis-server');
    }
    await answers(free, server);
    const contender = new NativeContender(server, free, folder);
    contender.#control = await contender.#connect();
    // While it loads, it answers that it does.
    while ((await contender.ask('PING')).head !== '+PONG') await setTimeout(LOADING_POLL_MS);
    await contender.ask('CLIENT', 'SETNAME', 'control');
    return contender;
  }

  async open(count: number): Promise<readonly string[]> {
    for (const { socket } of this.#clients) socket.destroy();
    // Two rounds: in the second, the server has read the end of what was closed before the first.
    await this.ask('PING');
    await this.ask('PING');
    this.#clients = [];
    const ids: string[] = [];
    for (let at = 0; at < count; at++) {
      const client = await this.#connect();
      this.#clients.push(client);
      ids.push((await call(client, 'CLIENT', 'ID')).head.slice(1));
      client.replies = [];
    }
    return ids;
  }

  send(client: number, bytes: Buffer): void {
    const { socket } = this.#clients[client]!;
    this.#unread += bytes.length;
    if (socket.writable) socket.write(bytes);
  }

  /**
   * What a client sent before a PING has been read when the PING after that one is answered, and the server sends
   * replies before it reads again. So two PINGs later all replies are in this computer's buffers, and in the next turn of
   * our event loop they are here. Long commands and long replies take more turns.
   */
  async settled(): Promise<void> {
    while (this.#clients.some(({ socket }) => socket.writableLength > 0 && !socket.destroyed)) await turn();
    for (; this.#unread > PIECE_BYTES; this.#unread -= PIECE_BYTES) await this.ask('PING');
    this.#unread = 0;
    do {
      for (const client of this.#clients) client.fresh = 0;
      await this.ask('PING');
      await this.ask('PING');
      await turn();
    } while (
      this.#clients.some(({ fresh, reader, socket }) => {
        return fresh > PIECE_BYTES || (reader.partial && !socket.destroyed);
      })
    );
  }

  replies(client: number): readonly Reply[] {
    return this.#clients[client]!.replies;
  }

  async files(): Promise<Files> {
    const files = new Map<string, Uint8Array>();
    for (const entry of await readdir(this.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(this.folder.length + 1), await readFile(path));
    }
    return files;
  }

  async wait(ms: number): Promise<void> {
    await setTimeout(ms);
  }

  async setClock(): Promise<void> {
    // Its clock is the computer's, and the other one follows.
  }

  ask(...args: string[]): Promise<Reply> {
    return call(this.#control, ...args);
  }

  async stop(): Promise<void> {
    this.#server.kill('SIGKILL');
    if (this.#server.exitCode === null && this.#server.signalCode === null) await once(this.#server, 'exit');
    for (const { socket } of [...this.#clients, this.#control]) socket.destroy();
    await rm(this.folder, { recursive: true });
  }

  async #connect(): Promise<Client> {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    const client: Client = { socket, reader: new ReplyReader(), replies: [], fresh: 0 };
    socket.on('data', (bytes) => {
      client.fresh += bytes.length;
      client.replies.push(...client.reader.push(bytes));
      socket.emit('replied');
    });
    const closed = (): void => {
      if (client.replies.at(-1) !== CLOSED) client.replies.push(CLOSED);
      socket.emit('replied');
    };
    // A reset is an end like any other; the replies say that it came.
    socket.on('end', closed).on('error', closed);
    await once(socket, 'connect');
    return client;
  }
}

async function call(client: Client, ...args: string[]): Promise<Reply> {
  const before = client.replies.length;
  client.socket.write(encode(args));
  while (client.replies.length === before) await once(client.socket, 'replied');
  const reply = client.replies[before]!;
  if (reply === CLOSED) throw new Error(`The native server closed the connection at ${args.join(' ')}.`);
  return reply;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
