import { type Contender, encode } from './contender.ts';
import { type Sequence, type Step, stepsOf } from './sequence.ts';
import { sha1 } from './sha1.ts';

/** Plays a sequence on one server, without looking at what it replies. */
export class Player {
  readonly #server: Contender;

  readonly #wanted: (step: Step) => boolean;

  /** @param wanted which steps are played */
  constructor(server: Contender, wanted: (step: Step) => boolean = () => true) {
    this.#server = server;
    this.#wanted = wanted;
  }

  async play(sequence: Sequence): Promise<void> {
    const ids = await this.#server.open(sequence.clients);
    for (const { client, args, waitMs } of stepsOf(sequence).filter(this.#wanted)) {
      const words: string[] = [];
      for (const arg of args) words.push(await this.#resolve(arg, ids));
      this.#server.send(client, encode(words));
      await this.#server.settled();
      if (waitMs !== undefined) await this.#server.wait(waitMs);
    }
    await this.#server.open(0);
  }

  async #resolve(arg: string, ids: readonly string[]): Promise<string> {
    if (arg === '<functions>') return (await this.#server.ask('FUNCTION', 'DUMP')).text ?? '';
    const [, kind, rest] = /^<(dump|sha|id):(.*)>$/s.exec(arg) ?? [];
    if (kind === 'dump') return (await this.#server.ask('DUMP', rest!)).text ?? '';
    if (kind === 'sha') return sha1(rest!);
    return kind === 'id' ? (ids[Number(rest)] ?? '0') : arg;
  }
}
