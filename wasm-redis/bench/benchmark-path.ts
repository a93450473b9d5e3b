import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { loadModule } from '../node/load-module.ts';
import { RedisClient } from '../resp/client.ts';
import { benchmarkArguments, parseRate } from './native-server.ts';
import { type Path, SERVER_OPTIONS } from './path.ts';
import { type Pipeline, type Row } from './rows.ts';

const PORT = 6379;

/** Our redis-benchmark against our server, both in one machine: they share one thread. */
export class BenchmarkPath implements Path {
  readonly #machine: DirectMachine;
  readonly #client: RedisClient;

  private constructor(machine: DirectMachine, client: RedisClient) {
    this.#machine = machine;
    this.#client = client;
  }

  static async start(): Promise<BenchmarkPath> {
    const machine = createDirectMachine({ loadModule });
    await machine.spawn({ argv: ['redis-server', '--port', String(PORT), ...SERVER_OPTIONS] });
    await machine.listening(PORT);
    return new BenchmarkPath(machine, await RedisClient.connect(machine, { port: PORT }));
  }

  async prepare(row: Row): Promise<void> {
    await this.#client.call('FLUSHALL', 'SYNC');
    if (row.prepare) await this.#client.call(...row.prepare);
  }

  async run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    const decoder = new TextDecoder();
    let printed = '';
    const pid = await this.#machine.spawn({
      argv: ['redis-benchmark', ...benchmarkArguments(PORT, row, pipeline, requests)],
      onOutput: (bytes) => {
        printed += decoder.decode(bytes, { stream: true });
      },
    });
    await this.#machine.exited(pid);
    return parseRate(printed);
  }

  async stop(): Promise<void> {
    await this.#machine.dispose();
  }
}
