import { setTimeout } from 'node:timers/promises';
import { type Contender, type Files, NO_FILES } from './contender.ts';
import { NativeContender } from './native-contender.ts';
import { WasmContender } from './wasm-contender.ts';

const REWRITE_POLL_MS = 2;

/** Servers that start with what others have left on their disk. */
export class FileExchange {
  /** Ours, to be asked what commands there are. */
  readonly reference: WasmContender;
  readonly #seed: number;
  #writer: Contender | undefined;
  #reader: Contender | undefined;

  private constructor(reference: WasmContender, seed: number) {
    this.reference = reference;
    this.#seed = seed;
  }

  static async create(seed: number): Promise<FileExchange> {
    return new FileExchange(await WasmContender.start(seed), seed);
  }

  /** A fresh server. The one of the trip before is stopped. */
  async startWriter(name: Contender['name'], options: readonly string[]): Promise<Contender> {
    await this.#writer?.stop();
    this.#writer = await this.#start(name, options, NO_FILES);
    return this.#writer;
  }

  /** Starts the other server with a copy of the writer's files. */
  async load(writer: Contender['name'], options: readonly string[]): Promise<Contender> {
    const files = (await this.#writer?.files()) ?? NO_FILES;
    this.#reader = await this.#start(writer === 'wasm' ? 'native' : 'wasm', options, files);
    return this.#reader;
  }

  /** BGREWRITEAOF, to its end. */
  async rewrite(server: Contender): Promise<void> {
    await server.ask('BGREWRITEAOF');
    for (;;) {
      const { text = '' } = await server.ask('INFO', 'persistence');
      if (/aof_rewrite_in_progress:0/.test(text) && /aof_rewrite_scheduled:0/.test(text)) return;
      await (server.name === 'wasm' ? server.wait(100) : setTimeout(REWRITE_POLL_MS));
    }
  }

  async stopReader(): Promise<void> {
    await this.#reader?.stop();
    this.#reader = undefined;
  }

  async close(): Promise<void> {
    await this.stopReader();
    await this.#writer?.stop();
    await this.reference.stop();
  }

  async #start(name: Contender['name'], options: readonly string[], files: Files): Promise<Contender> {
    const server =
      name === 'native'
        ? await NativeContender.start(options, files)
        : await WasmContender.start(this.#seed, options, files);
    // A key that ends shall end on both sides when it is looked at.
    await server.ask('DEBUG', 'SET-ACTIVE-EXPIRE', '0');
    return server;
  }
}
