import type { Machine } from '../../wasm-redis/machine.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import { NodeConnection } from './ask.ts';
import type { NodeView } from './lab-view.ts';
import { questionsAbout, readSentinel, SENTINEL_QUESTIONS, watchedNames } from './read-sentinel.ts';
import { readServer, SERVER_QUESTIONS } from './read-server.ts';

/** Which node, and what is known of it without asking. */
export interface ObservedNode extends Pick<NodeView, 'name' | 'kind' | 'host' | 'port'> {
  folder?: string;
  /** Absolute. */
  logFile?: string;
  password?: string;
}

type Answer = Pick<NodeView, 'complaint' | 'server' | 'sentinel'>;

/** Asks one node again and again over one connection, and remembers what it said last. */
export class NodeObserver {
  readonly #node: ObservedNode;
  readonly #connection: NodeConnection;
  #folder: string | undefined;
  #logFile: string | undefined;
  #last: Answer & { answeredMs?: number } = {};

  constructor(machine: Machine, node: ObservedNode, limitMs?: number) {
    const { host, port, password, folder, logFile } = node;
    this.#node = node;
    this.#folder = folder;
    this.#logFile = logFile;
    this.#connection = new NodeConnection(
      machine,
      { host, port },
      {
        name: 'panel-observer',
        ...(password === undefined ? {} : { password }),
        ...(limitMs === undefined ? {} : { limitMs }),
      },
    );
  }

  /** Where it logs; undefined while that is unknown, and for one that logs into no file. */
  get logFile(): string | undefined {
    return this.#logFile;
  }

  /** @param now the machine's time, asked for when there is an answer */
  async look(now: () => Promise<number>): Promise<NodeView> {
    const answer = await (this.#node.kind === 'sentinel' ? this.#lookAtSentinel() : this.#lookAtServer());
    if (answer?.complaint !== undefined) this.#last = { ...this.#last, complaint: answer.complaint };
    else if (answer) this.#last = { ...answer, answeredMs: await now() };
    const { name, kind, host, port } = this.#node;
    return {
      name,
      kind,
      host,
      port,
      ...(this.#folder === undefined ? {} : { folder: this.#folder }),
      reachability: this.#connection.reachability,
      ...this.#last,
    };
  }

  close(): void {
    this.#connection.close();
  }

  async #lookAtServer(): Promise<Answer | undefined> {
    const replies = await this.#connection.askAll(SERVER_QUESTIONS);
    if (!replies) return undefined;
    const answers = readServer(this.#node.host, replies);
    if ('complaint' in answers) return answers;
    const { server, folder, logFile } = answers;
    this.#folder = folder ?? this.#folder;
    this.#logFile = logFile ?? this.#logFile;
    return { server };
  }

  async #lookAtSentinel(): Promise<Answer | undefined> {
    const first = await this.#connection.askAll(SENTINEL_QUESTIONS);
    if (!first) return undefined;
    const questions = watchedNames(first[1]).flatMap(questionsAbout);
    const about: readonly Plain[] | undefined = questions.length === 0 ? [] : await this.#connection.askAll(questions);
    return about && readSentinel(this.#node.host, first, about);
  }
}
