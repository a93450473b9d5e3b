import { type ExitStatus, type Machine, MachineError, type Pid, type ProcessInfo } from '../machine.ts';
import type { RedisClient } from '../resp/client.ts';
import type { Plain } from '../resp/plain.ts';
import { inTime } from './in-time.ts';
import { configFileOf, folderOf, LOG_FILE } from './node-place.ts';
import { type LabNodeDescription, type Topology, TopologyError } from './topology.ts';

/** Of a node without a configuration file. */
const OWN_FOLDER = '/data';
/** The machine's own host, as a description calls it and as a list of processes does. */
const LOOPBACK = '127.0.0.1';
const OWN_HOST = '10.0.0.254';
/** How long a node may take to answer, of the machine's time. */
const ANSWER_LIMIT_MS = 1000;

/** A node of a lab: its process, which may end and be started again, its folder and its log. */
export class LabNode {
  readonly description: LabNodeDescription;
  /** Absolute. */
  readonly folder: string;
  readonly #machine: Machine;
  readonly #topology: Topology;
  #pid: Pid | undefined;
  #client: RedisClient | undefined;

  constructor(machine: Machine, topology: Topology, description: LabNodeDescription) {
    this.#machine = machine;
    this.#topology = topology;
    this.description = description;
    this.folder = description.args ? OWN_FOLDER : folderOf(description.name);
  }

  get name(): string {
    return this.description.name;
  }

  /** Of its process; undefined unless it has been started and has not ended since. */
  get pid(): Pid | undefined {
    return this.#pid;
  }

  /** What it is started by, without the program. */
  get #arguments(): readonly string[] {
    return this.description.args ?? [`${this.folder}/${configFileOf(this.description)}`];
  }

  /** Writes its configuration and the files that it begins with. */
  async writeFiles(): Promise<void> {
    const encoder = new TextEncoder();
    const { files: own, args } = this.description;
    const files = { ...own };
    if (!args) {
      const { configOf } = await import('./node-config.ts');
      files[configFileOf(this.description)] = configOf(this.#topology, this.description);
    }
    for (const [name, text] of Object.entries(files)) {
      await this.#machine.writeFile(`${this.folder}/${name}`, encoder.encode(text));
    }
  }

  /** Starts its process and resolves when that listens. Rejects with a `TopologyError` if it ends before. */
  async start(): Promise<void> {
    const { kind, host, port } = this.description;
    const printed: string[] = [];
    const program = kind === 'server' ? 'redis-server' : 'redis-sentinel';
    // The question goes with the order: the machine may be on another thread, and is busy with the start when it has begun.
    const spawned = this.#machine.spawn({
      argv: [program, ...this.#arguments],
      cwd: this.folder,
      host,
      onOutput: (bytes) => void printed.push(new TextDecoder().decode(bytes)),
    });
    const listening = this.#machine.listening(port, host);
    // Without a process nobody waits for it.
    listening.catch(() => undefined);
    const ended = this.#follow(await spawned);
    const status = await Promise.race([listening, ended]);
    if (status) throw await this.#notStarted(status, printed.join(''));
  }

  /** Whether it is this node's process. */
  isProcess({ host, argv }: Pick<ProcessInfo, 'host' | 'argv'>): boolean {
    const own = this.description.host;
    if (host !== (own === LOOPBACK ? OWN_HOST : own)) return false;
    return this.#arguments.every((word, index) => argv[index + 1] === word);
  }

  /** The process is there although this object has not started it: see `Lab.locate`. Undefined if there is none. */
  locate(pid: Pid | undefined): void {
    if (pid === undefined) this.#pid = undefined;
    else if (pid !== this.#pid) void this.#follow(pid);
  }

  #follow(pid: Pid): Promise<ExitStatus> {
    this.#pid = pid;
    const ended = this.#machine.exited(pid).then((status) => {
      if (this.#pid === pid) this.#pid = undefined;
      return status;
    });
    // A machine that is disposed of, or put back, has nothing more to say.
    ended.catch(() => undefined);
    return ended;
  }

  /**
   * One command over a connection of the lab's own. Resolves with `undefined` when there is no answer: it does not run,
   * is stopped, or is busy for a second.
   */
  ask(...command: readonly string[]): Promise<Plain | undefined> {
    return this.askWithin(ANSWER_LIMIT_MS, command);
  }

  /** The same with another limit, of the machine's time. */
  async askWithin(limitMs: number, command: readonly string[]): Promise<Plain | undefined> {
    const client = await this.#connect();
    if (!client) return undefined;
    // A connection that ends before its answer is no answer.
    const reply = client.call(...command).catch(() => undefined);
    const answer = await inTime(this.#machine, limitMs, reply);
    if (answer?.value !== undefined) return answer.value;
    await this.hangUp();
    return undefined;
  }

  /** The lines of an answer in the form `name:value`, as INFO gives them. Empty without an answer. */
  async askFields(...command: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const text = await this.ask(...command);
    if (typeof text !== 'string') return new Map();
    return new Map(
      text.split('\r\n').map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1)];
      }),
    );
  }

  /** Closes the connection over which it was asked; the next question opens another. */
  async hangUp(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.close();
  }

  /** What it has written to its log since its folder was made; empty for a node with `args`, which has none. */
  async log(): Promise<string> {
    if (this.description.args) return '';
    return new TextDecoder().decode(await this.#machine.readFile(`${this.folder}/${LOG_FILE}`));
  }

  /** SIGKILL, now or after so much of the machine's time, as the other two. */
  async kill(delayMs = 0): Promise<void> {
    await this.#signal('SIGKILL', delayMs);
    if (delayMs === 0) this.#pid = undefined;
  }

  /** SIGSTOP: the process does nothing, and its host answers for it. */
  async stop(delayMs = 0): Promise<void> {
    await this.#signal('SIGSTOP', delayMs);
  }

  async continue(delayMs = 0): Promise<void> {
    await this.#signal('SIGCONT', delayMs);
  }

  /**
   * Kills it, if it runs, and starts it with the files as they are; with `emptyDisk` it has its configuration only,
   * and that is the first one again.
   */
  async restart({ emptyDisk = false }: { emptyDisk?: boolean } = {}): Promise<void> {
    await this.kill();
    if (emptyDisk) {
      await this.#machine.removeFile(this.folder);
      await this.writeFiles();
    }
    await this.start();
  }

  async #signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT', delayMs: number): Promise<void> {
    if (this.#pid !== undefined) await this.#machine.inject({ type: 'signal', pid: this.#pid, signal }, delayMs);
  }

  async #connect(): Promise<RedisClient | undefined> {
    if (this.#client) return this.#client;
    const { host, port } = this.description;
    const { RedisClient } = await import('./node-client.ts');
    try {
      const client = await RedisClient.connect(this.#machine, { host, port });
      this.#client = client;
      void client.ended.then(() => {
        if (this.#client === client) this.#client = undefined;
      });
      return client;
    } catch (error) {
      if (error instanceof MachineError && error.code === 'ECONNREFUSED') return undefined;
      throw error;
    }
  }

  async #notStarted(status: ExitStatus, printed: string): Promise<TopologyError> {
    const files = await this.#machine.listFiles(this.folder);
    const logged = files.some(({ path }) => path === `${this.folder}/${LOG_FILE}`) ? await this.log() : '';
    return new TopologyError(
      `${this.name}: expected it to listen on ${this.description.host}:${this.description.port}, but it ended (${JSON.stringify(status)}): ` +
        `${(printed + logged).trim()}. Look at its \`options\` and \`files\`.`,
    );
  }
}
