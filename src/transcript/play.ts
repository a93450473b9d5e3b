import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { clientOptions } from './client-options.ts';
import { ClientScreen } from './client-screen.ts';
import { replyMatches } from './compare.ts';
import type { MachineDescription } from './machine-description.ts';
import { SHELL, type ScreenName, type ScreenStep, type Step, type Transcript } from './parse.ts';
import { ScreenError, type Screen } from './screen.ts';
import type { ShellScreen } from './shell-screen.ts';

/** How long a command may take on the machine's clock. Commands that wait longer are left waiting on purpose. */
export const REPLY_LIMIT_MS = 60_000;

/** Commands after which redis-cli reads no further line; at the end of a block they are left running. */
const ENDLESS = /^(?:subscribe|psubscribe|ssubscribe|monitor)\b/i;

/** A step and what the machine did. A wait and a fault print nothing, so their `reply` is empty. */
export interface PlayedStep {
  step: Step;
  reply: readonly string[];
  outcome: 'same' | 'differs' | 'failed';
  /** Only when failed: the machine cannot go on as the transcript says. */
  failure?: { expected: string; found: string; hint: string };
}

/** Plays the blocks of one page, in order, on one machine: clients and the shell live from block to block. */
export class Player {
  readonly #lab: Lab;
  readonly #clients: MachineDescription['clients'];
  readonly #screens = new Map<ScreenName, Screen>();
  readonly #lastTyped = new Map<ScreenName, string>();
  #shell: ShellScreen | undefined;

  constructor(lab: Lab, clients: MachineDescription['clients'] = {}) {
    this.#lab = lab;
    this.#clients = clients;
  }

  /**
   * Plays the steps of a transcript and tells each as soon as it is done; stops after a step that failed. The
   * transcript must have no problems. Rejects only if the machine itself fails.
   */
  async play(transcript: Transcript, onStep: (played: PlayedStep) => void = () => undefined): Promise<PlayedStep[]> {
    if (transcript.problems.length > 0) throw new Error('a transcript with problems cannot be played');
    const played: PlayedStep[] = [];
    for (const [index, step] of transcript.steps.entries()) {
      const result = await this.#playStep(step, transcript.steps[index + 1]);
      played.push(result);
      onStep(result);
      if (result.outcome === 'failed') break;
    }
    return played;
  }

  async #playStep(step: Step, next: Step | undefined): Promise<PlayedStep> {
    if (step.kind === 'wait' || step.kind === 'fault') {
      const failure = step.kind === 'wait' ? await this.#wait(step.ms) : await this.#order(step.text);
      return failure ? { step, reply: [], outcome: 'failed', failure } : { step, reply: [], outcome: 'same' };
    }
    const screen = await this.#screen(step.screen);
    const failure = await this.#act(step, screen, next);
    const reply = screen.takeLines();
    if (failure) return { step, reply, outcome: 'failed', failure };
    return { step, reply, outcome: replyMatches(step.reply, reply) ? 'same' : 'differs' };
  }

  async #wait(ms: number): Promise<undefined> {
    const { machine } = this.#lab;
    // What runs in the shell has its say at each event, so that two runs are alike.
    if (this.#shell?.hasBackground && (await machine.clock()).rate === 0) await this.#shell.pass(ms, () => false);
    else await machine.advance(ms);
    await machine.settle();
  }

  async #order(text: string): Promise<PlayedStep['failure']> {
    // Most pages have no faults, so a browser loads what reads them when one does.
    const { orderFault } = await import('./order-fault.ts');
    const failure = await orderFault(this.#lab, text);
    if (!failure) await this.#lab.machine.settle();
    return failure;
  }

  async #act(step: ScreenStep, screen: Screen, next: Step | undefined) {
    try {
      if (step.kind === 'type') {
        if (!(await this.#ready(screen, REPLY_LIMIT_MS)))
          return neverReturns(this.#lastTyped.get(step.screen) ?? '', step.screen);
        this.#lastTyped.set(step.screen, step.text);
        await screen.type(step.text);
        const limitMs = isLeft(step, next) ? 0 : REPLY_LIMIT_MS;
        if (!(await this.#ready(screen, limitMs)) && limitMs > 0) return neverReturns(step.text, step.screen);
      } else {
        if (step.kind === 'interrupt') await screen.interrupt();
        await this.#lab.machine.settle();
        // Not to wait, but to notice an end and to let a pipeline go on.
        await this.#ready(screen, 0);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof ScreenError)) throw error;
      return {
        expected: 'a program that goes on or ends',
        found: error.message,
        hint: 'This is a defect of the engine.',
      };
    }
  }

  /** Whether a screen takes the next line; with jobs in the shell, time passes for them too. */
  async #ready(screen: Screen, limitMs: number): Promise<boolean> {
    const shell = this.#shell;
    if (!shell?.hasBackground || shell === screen) return screen.ready(limitMs);
    return shell.pass(limitMs, () => screen.ready(0));
  }

  async #screen(name: ScreenName): Promise<Screen> {
    let screen = this.#screens.get(name);
    if (!screen) {
      const { machine, topology } = this.#lab;
      screen =
        name === SHELL
          ? await this.#openShell()
          : new ClientScreen(machine, clientOptions(topology, this.#clients, name));
      this.#screens.set(name, screen);
    }
    return screen;
  }

  /** Most pages have no shell, so a browser loads it when one does. */
  async #openShell(): Promise<Screen> {
    const { openShell } = await import('./shell-screen.ts');
    this.#shell = openShell(this.#lab);
    return this.#shell;
  }
}

/**
 * Whether a command that has not returned is left as it is, because the transcript goes on elsewhere. A client blocks
 * for others to act, a program in the shell only takes its time: for other clients it is not left.
 */
function isLeft(step: { screen: ScreenName; text: string }, next: Step | undefined): boolean {
  if (!next) return step.screen !== SHELL && ENDLESS.test(step.text);
  if (next.kind === 'wait') return true;
  if (next.kind === 'fault') return step.screen !== SHELL;
  return next.screen === step.screen ? next.kind !== 'type' : step.screen !== SHELL;
}

function neverReturns(command: string, screen: ScreenName) {
  return {
    expected: `\`${command}\` to return within ${REPLY_LIMIT_MS / 1_000} s of the machine's time`,
    found: 'it never returns',
    hint: `To leave it waiting, let the next line belong to another client, or be a wait, a fault or an empty prompt; \`${screen}${screen === SHELL ? '' : '>'} ^C\` ends it.`,
  };
}
