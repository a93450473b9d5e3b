import type { Machine, Pid } from '../../../wasm-redis/machine.ts';
import type { NodeConnection } from '../ask.ts';
import { benchmarkWords, type BenchmarkPlan, type Variant } from './plan.ts';
import { type BenchmarkResult, readBenchmarkCsv } from './read-csv.ts';

/** Requests of the first run that warms up, times the pipeline; each further one is as long as `WARM_SECONDS` would take. */
const FIRST_REQUESTS = 2000;
const WARM_SECONDS = 0.2;
const WARM_RUNS_MAX = 3;
const REQUESTS_MAX = 10_000_000;
/** How often one looks whether the server has written its append-only file anew. */
const REWRITE_LOOK_MS = 50;
const REWRITE_LOOKS_MAX = 200;

/** The server that is measured. */
export interface BenchmarkServer {
  host: string;
  port: number;
  password?: string;
}

/** What one run has measured, and the arguments that it had. */
export interface BenchmarkRunResult {
  result: BenchmarkResult;
  words: string[];
}

/** Something that a benchmark needs did not come about; the message is for the reader. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';
}

/** Thrown by what runs, after `cancel`. */
export class BenchmarkCancelled extends Error {
  override readonly name = 'BenchmarkCancelled';
}

/**
 * Runs redis-benchmark beside a server, on the server's own host, with one variant after the other. The machine's clock is
 * set to real time for it, and clock, disk and the server's settings are put back by `end`, which must be called.
 */
export class BenchmarkRun {
  readonly #machine: Machine;
  readonly #server: BenchmarkServer;
  readonly #line: NodeConnection;
  readonly #plan: BenchmarkPlan;
  #putBack: (() => Promise<void>)[] = [];
  #pid: Pid | undefined;
  /** As the server has been set last. */
  #appendonly: Variant['appendonly'];
  #cancelled = false;

  constructor(machine: Machine, server: BenchmarkServer, line: NodeConnection, plan: BenchmarkPlan) {
    this.#machine = machine;
    this.#server = server;
    this.#line = line;
    this.#plan = plan;
  }

  /** Prepares machine and server. Rejects with a `BenchmarkError` if the server does not answer. */
  async begin(): Promise<void> {
    const machine = this.#machine;
    const { rate } = await machine.clock();
    this.#putBack.push(() => machine.setClockRate(rate));
    await machine.setClockRate(1);
    const { host } = this.#server;
    const { fsyncMs } = this.#plan;
    if (fsyncMs !== undefined) {
      const before = (await machine.faults()).disks.find((disk) => disk.host === host)?.fsyncMs ?? 0;
      this.#putBack.push(() => machine.inject({ type: 'disk', host, fsyncMs: before }));
      await machine.inject({ type: 'disk', host, fsyncMs });
    }
    if (this.#plan.appendonly) {
      const [appendonly, appendfsync] = [await this.#setting('appendonly'), await this.#setting('appendfsync')];
      this.#putBack.push(async () => {
        await this.#line.ask('CONFIG', 'SET', 'appendonly', appendonly, 'appendfsync', appendfsync);
      });
    }
  }

  /**
   * Runs a variant until the engine is warm for it. Resolves with how many requests fill a time, in seconds. Rejects with a
   * `BenchmarkError` if redis-benchmark or the server has no result for it, and with `BenchmarkCancelled`.
   */
  async requestsFor(variant: Variant, seconds: number): Promise<number> {
    await this.#prepare(variant);
    let requests = FIRST_REQUESTS * variant.pipeline;
    let rate = 0;
    for (let run = 0; run < WARM_RUNS_MAX; run++) {
      rate = (await this.#run(variant, requests)).result.requestsPerSecond;
      if (requests / rate >= Math.min(seconds, WARM_SECONDS)) break;
      requests = Math.ceil(rate * WARM_SECONDS);
    }
    return Math.min(REQUESTS_MAX, Math.max(FIRST_REQUESTS, twoDigits(rate * seconds)));
  }

  /** One run of a variant. Rejects as `requestsFor` does. */
  async measure(variant: Variant, requests: number): Promise<BenchmarkRunResult> {
    await this.#prepare(variant);
    return this.#run(variant, requests);
  }

  /** Ends what is running, which rejects. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    if (this.#pid !== undefined) await this.#machine.kill(this.#pid, 'SIGKILL');
  }

  /** Puts back what `begin` and `measure` have changed. */
  async end(): Promise<void> {
    for (const putBack of this.#putBack.splice(0).reverse()) await putBack();
  }

  async #run(variant: Variant, requests: number): Promise<BenchmarkRunResult> {
    const { host, port, password } = this.#server;
    const words = benchmarkWords(this.#plan, variant, port, requests);
    const printed = { stdout: '', stderr: '' };
    const decoder = new TextDecoder();
    this.#assertGoesOn();
    const pid = await this.#machine.spawn({
      argv: ['redis-benchmark', ...(password === undefined ? [] : ['-a', password]), ...words],
      host,
      onOutput: (bytes, stream) => void (printed[stream] += decoder.decode(bytes)),
    });
    this.#pid = pid;
    // Cancelled while it was being started.
    if (this.#cancelled) await this.#machine.kill(pid, 'SIGKILL');
    await this.#machine.exited(pid);
    this.#pid = undefined;
    this.#assertGoesOn();
    const [result] = readBenchmarkCsv(printed.stdout);
    if (result) return { result, words };
    throw new BenchmarkError(
      `redis-benchmark has no result: ${(printed.stderr || printed.stdout).trim() || 'it printed nothing'}`,
    );
  }

  async #prepare({ appendonly }: Variant): Promise<void> {
    if (appendonly === undefined || appendonly === this.#appendonly) return;
    const settings = appendonly === 'off' ? ['appendonly', 'no'] : ['appendonly', 'yes', 'appendfsync', appendonly];
    const answer = await this.#line.ask('CONFIG', 'SET', ...settings);
    if (answer !== 'OK') throw new BenchmarkError(`the server refused CONFIG SET ${settings.join(' ')}`);
    // Turned on, the file is first written as a whole.
    for (let look = 0; look < REWRITE_LOOKS_MAX; look++) {
      this.#assertGoesOn();
      const info = await this.#line.ask('INFO', 'persistence');
      if (typeof info === 'string' && /aof_rewrite_in_progress:0[^]*aof_rewrite_scheduled:0/.test(info)) {
        this.#appendonly = appendonly;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, REWRITE_LOOK_MS));
    }
    throw new BenchmarkError('the server has not finished writing its append-only file');
  }

  async #setting(name: string): Promise<string> {
    const answer = await this.#line.ask('CONFIG', 'GET', name);
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    if (typeof value !== 'string') throw new BenchmarkError(`the server did not answer CONFIG GET ${name}`);
    return value;
  }

  #assertGoesOn(): void {
    if (this.#cancelled) throw new BenchmarkCancelled();
  }
}

/** A round number, so that the command can be typed again. */
function twoDigits(requests: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(requests)) - 1);
  return Math.round(requests / power) * power;
}
