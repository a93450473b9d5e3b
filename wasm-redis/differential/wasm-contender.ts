import { type DirectMachine, createDirectMachine } from '../direct/direct-machine.ts';
import { type ConnectionId, type ModuleName, type Pid } from '../machine.ts';
import { loadModule } from '../node/load-module.ts';
import { CLOSED, type Reply, ReplyReader } from './reply.ts';
import { type Contender, encode, type Files, NO_FILES, SERVER_OPTIONS } from './contender.ts';

const PORT = 6379;
const FOLDER = '/data';
/** Compiled once for all machines. */
const MODULES = new Map<ModuleName, Promise<WebAssembly.Module>>();

interface Client {
  connection: ConnectionId;
  reader: ReplyReader;
  replies: Reply[];
}

/** Our server, in a machine on this thread whose clock stands until it is moved. */
export class WasmContender implements Contender {
  readonly name = 'wasm';
  readonly machine: DirectMachine;
  readonly pid: Pid;
  #clients: Client[] = [];
  #control!: Client;

  private constructor(machine: DirectMachine, pid: Pid) {
    this.machine = machine;
    this.pid = pid;
  }

  /**
   * @param options more options of redis-server, after `SERVER_OPTIONS`
   * @param files what lies in the server's folder when it starts
   */
  static async start(seed: number, options: readonly string[] = [], files: Files = NO_FILES): Promise<WasmContender> {
    const machine = createDirectMachine({ loadModule: loadOnce, seed, clockRate: 0 });
    for (const [path, bytes] of files) await machine.writeFile(`${FOLDER}/${path}`, bytes);
    const argv = ['redis-server', '--port', String(PORT), ...SERVER_OPTIONS, ...options] as const;
    const pid = await machine.spawn({ argv });
    const ended = machine.exited(pid).then((status) => {
      throw new Error(`Our server ended before it listened: ${JSON.stringify(status)}`);
    });
    await Promise.race([machine.listening(PORT), ended]);
    // From here on, an end shows as connections that close.
    ended.catch(() => undefined);
    const contender = new WasmContender(machine, pid);
    // Natively one connection has been made before, to see whether the server answers: ids of clients are the same.
    await machine.disconnect((await contender.#connect()).connection);
    await machine.settle();
    contender.#control = await contender.#connect();
    await contender.ask('CLIENT', 'SETNAME', 'control');
    return contender;
  }

  async files(): Promise<Files> {
    const files = new Map<string, Uint8Array>();
    for (const { path } of await this.machine.listFiles(FOLDER)) {
      files.set(path.slice(FOLDER.length + 1), await this.machine.readFile(path));
    }
    return files;
  }

  async open(count: number): Promise<readonly string[]> {
    for (const { connection } of this.#clients) await this.machine.disconnect(connection);
    await this.machine.settle();
    this.#clients = [];
    const ids: string[] = [];
    for (let at = 0; at < count; at++) {
      const client = await this.#connect();
      this.#clients.push(client);
      ids.push((await this.#call(client, 'CLIENT', 'ID')).head.slice(1));
      client.replies = [];
    }
    return ids;
  }

  send(client: number, bytes: Buffer): void {
    const { connection, replies } = this.#clients[client]!;
    // A connection that has gone is in the replies, as CLOSED.
    this.machine.send(connection, bytes).catch(() => closedOnce(replies));
  }

  async settled(): Promise<void> {
    await this.machine.settle();
  }

  replies(client: number): readonly Reply[] {
    return this.#clients[client]!.replies;
  }

  async wait(ms: number): Promise<void> {
    await this.machine.advance(ms);
    // Blocked clients are released when the server wakes up, natively too.
    await this.ask('PING');
  }

  async setClock(nowMs: number): Promise<void> {
    const clock = await this.machine.clock();
    if (nowMs > clock.nowMs) await this.machine.jump(nowMs - clock.nowMs);
  }

  ask(...args: string[]): Promise<Reply> {
    return this.#call(this.#control, ...args);
  }

  async stop(): Promise<void> {
    await this.machine.dispose();
  }

  async #connect(): Promise<Client> {
    const client: Client = { connection: 0, reader: new ReplyReader(), replies: [] };
    client.connection = await this.machine.connect({ port: PORT }, (bytes) => {
      if (bytes) client.replies.push(...client.reader.push(bytes));
      else closedOnce(client.replies);
    });
    return client;
  }

  async #call(client: Client, ...args: string[]): Promise<Reply> {
    const before = client.replies.length;
    await this.machine.send(client.connection, encode(args));
    await this.machine.settle();
    const reply = client.replies[before];
    if (!reply) throw new Error(`Our server gave no reply to ${args.join(' ')}.`);
    return reply;
  }
}

function closedOnce(replies: Reply[]): void {
  if (replies.at(-1) !== CLOSED) replies.push(CLOSED);
}

function loadOnce(file: ModuleName): Promise<WebAssembly.Module> {
  const loading = MODULES.get(file) ?? loadModule(file);
  MODULES.set(file, loading);
  return loading;
}
