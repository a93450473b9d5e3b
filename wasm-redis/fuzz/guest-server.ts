import { encode, SERVER_OPTIONS } from '../differential/contender.ts';
import { type Reply, ReplyReader, render } from '../differential/reply.ts';
import { type ExitStatus, type Machine, type Pid } from '../machine.ts';

/** What is kept of a log. */
const LOG_CHARACTERS = 64 * 1024;

/** A redis-server in a machine that has others. It may end at any moment; `status` says how. */
export class GuestServer {
  readonly #machine: Machine;
  readonly #replies: Reply[] = [];
  readonly #reader = new ReplyReader();
  #connection: number | undefined;
  #pid: Pid = 0;
  log = '';
  status: ExitStatus | undefined;

  private constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Resolves when it serves or has ended. @param folder where its files are */
  static async start(
    machine: Machine,
    where: { port: number; folder: string; options?: readonly string[] },
  ): Promise<GuestServer> {
    const server = new GuestServer(machine);
    const argv = ['redis-server', '--port', String(where.port), ...SERVER_OPTIONS, ...(where.options ?? [])] as const;
    server.#pid = await machine.spawn({
      argv,
      cwd: where.folder,
      onOutput: (bytes) => {
        server.log = (server.log + Buffer.from(bytes).toString('latin1')).slice(-LOG_CHARACTERS);
      },
    });
    const ended = machine.exited(server.#pid).then((status) => void (server.status = status));
    await Promise.race([machine.listening(where.port), ended]);
    await machine.settle();
    if (server.status === undefined) await server.#connect(where.port);
    return server;
  }

  /** The reply in one line; nothing if the server has ended. */
  async ask(...args: readonly string[]): Promise<string | undefined> {
    const reply = await this.reply(...args);
    return reply && render(reply);
  }

  async reply(...args: readonly string[]): Promise<Reply | undefined> {
    if (this.status !== undefined || this.#connection === undefined) return undefined;
    const before = this.#replies.length;
    await this.#machine.send(this.#connection, encode(args));
    await this.#machine.settle();
    return this.#replies[before];
  }

  async #connect(port: number): Promise<void> {
    this.#connection = await this.#machine.connect({ port }, (bytes) => {
      if (bytes) this.#replies.push(...this.#reader.push(bytes));
      else this.#connection = undefined;
    });
  }
}
