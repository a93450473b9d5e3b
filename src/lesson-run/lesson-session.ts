import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { MachineDescription } from '../transcript/machine-description.ts';
import type { Transcript } from '../transcript/parse.ts';
import { Player, type PlayedStep } from '../transcript/play.ts';

/** Where a session is told what happens; `block` counts the page's transcripts from 0. */
export interface SessionListener {
  began(block: number): void;
  played(block: number, step: PlayedStep): void;
  ended(block: number, steps: readonly PlayedStep[]): void;
}

/**
 * The transcripts of one page played on the page's machine, in document order: before a block come the earlier ones
 * that this machine has not seen. One at a time; whoever asks meanwhile waits.
 */
export class LessonSession {
  readonly #transcripts: readonly Transcript[];
  readonly #connect: () => Promise<Lab>;
  readonly #clients: MachineDescription['clients'];
  #lab: Lab | undefined;
  #player: Player | undefined;
  #played = new Set<number>();
  #queue: Promise<unknown> = Promise.resolve();

  /** `connect` gives the page's lab, always the same one until it is reset. */
  constructor(
    transcripts: readonly Transcript[],
    connect: () => Promise<Lab>,
    clients: MachineDescription['clients'] = {},
  ) {
    this.#transcripts = transcripts;
    this.#connect = connect;
    this.#clients = clients;
  }

  /** Plays the block, after those before it. Rejects when the machine cannot start or fails; nothing is lost by that. */
  run(block: number, listener: SessionListener): Promise<void> {
    const run = this.#queue.then(() => this.#run(block, listener));
    // The next in the queue does not fail because this one did.
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Forgets what was played, and whoever waits in the queue: the machine is gone. */
  reset(): void {
    this.#lab = undefined;
    this.#player = undefined;
    this.#played = new Set();
    this.#queue = Promise.resolve();
  }

  /**
   * The machine was put back to another time: its clients may not be there, so they are started anew. What was played
   * counts as played, as nobody knows how much of it that time has seen.
   */
  rewound(): void {
    this.#player = undefined;
  }

  async #run(block: number, listener: SessionListener): Promise<void> {
    const player = await this.#currentPlayer();
    for (let index = 0; index <= block; index++) {
      const transcript = this.#transcripts[index];
      if (!transcript || (index < block && this.#played.has(index))) continue;
      listener.began(index);
      this.#played.add(index);
      const steps = await player.play(transcript, (step) => listener.played(index, step));
      listener.ended(index, steps);
      if (steps.at(-1)?.outcome === 'failed') return;
    }
  }

  /** A machine that was reset by someone else, as a terminal can, is a new one, and has seen nothing. */
  async #currentPlayer(): Promise<Player> {
    const lab = await this.#connect();
    if (this.#lab !== lab) {
      this.#lab = lab;
      this.#played = new Set();
      this.#player = undefined;
    }
    this.#player ??= new Player(lab, this.#clients);
    return this.#player;
  }
}
