import { type DocumentedCommand } from './documentation.ts';
import { ONLY_REFUSED, UNCOVERED } from './uncovered.ts';

/** How often a command was answered, and how often not by an error. */
export interface Coverage {
  calls: number;
  successes: number;
}

/** Counts answers by command; subcommands count as commands. */
export class CoverageTable {
  readonly #counts: Map<string, Coverage>;

  constructor(commands: readonly DocumentedCommand[]) {
    this.#counts = new Map(commands.map(({ name }) => [name, { calls: 0, successes: 0 }]));
  }

  count(command: string, succeeded: boolean): void {
    const counted = this.#counts.get(command);
    if (!counted) return;
    counted.calls++;
    if (succeeded) counted.successes++;
  }

  get entries(): readonly (readonly [command: string, Coverage])[] {
    return [...this.#counts];
  }

  /** Commands that were never called although no reason for it is given, or never succeeded although they could. */
  get missing(): readonly string[] {
    return this.entries
      .filter(([name, { calls, successes }]) => {
        if (UNCOVERED[name] !== undefined) return false;
        return ONLY_REFUSED[name] === undefined ? successes === 0 : calls === 0;
      })
      .map(([name]) => name);
  }
}
