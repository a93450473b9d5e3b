import { MachineServer, PORT } from './machine-server.ts';
import { benchmarkArguments, parseRate } from './native-benchmark.ts';
import { type Path } from './path.ts';
import { type Pipeline, type Row } from './rows.ts';

/** Our redis-benchmark against our server, both in one machine: they share one thread. */
export class BenchmarkPath extends MachineServer implements Path {
  async run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    const decoder = new TextDecoder();
    let printed = '';
    const pid = await this.machine.spawn({
      argv: ['redis-benchmark', ...benchmarkArguments(PORT, row, pipeline, requests)],
      onOutput: (bytes) => {
        printed += decoder.decode(bytes, { stream: true });
      },
    });
    await this.machine.exited(pid);
    return parseRate(printed);
  }
}
