import { type ProxyMarked } from 'comlink';
import { expect, test } from 'vitest';
import { type Machine } from '../machine.ts';
import { loadModule } from '../node/load-module.ts';
import { type Call, type CallName, type Engine, type Outcome, type Page } from './boundary.ts';
import { writeCalls } from './call-text.ts';
import { createEngine } from './engine.ts';

const LISTENER = 1;

/** An engine on this thread and the page's end of its boundary, by hand. */
class Rig {
  readonly engine: Engine;
  readonly answers = new Map<number, Outcome>();
  shown = '';
  received = 0;
  #sequence = 0;
  #left: Call[] = [];

  /** @param whileBusy what the page does whenever a busy engine asks for calls */
  constructor(whileBusy: (rig: Rig) => void) {
    const ask = (): string => {
      whileBusy(this);
      return writeCalls(this.#left);
    };
    this.engine = createEngine(ask);
  }

  async start(): Promise<void> {
    const decoder = new TextDecoder();
    const page: Page = {
      module: loadModule,
      received: (sequence) => {
        this.received = sequence;
      },
      answered: (sequence, outcome) => void this.answers.set(sequence, outcome),
      heard: (_listener, [bytes]) => {
        this.shown += decoder.decode(bytes as Uint8Array, { stream: true });
      },
      released: () => {},
      saving: () => {},
    };
    const preload = ['redis-server', 'redis-cli'] as const;
    await this.engine.start({ seed: 1, preload, busyInputUrl: '' }, page as Page & ProxyMarked);
  }

  /** A call by message, as from a page that does not know that the engine is busy. Resolves with its result. */
  async call<Name extends keyof Machine>(method: Name, ...args: readonly unknown[]): Promise<unknown> {
    const { sequence } = this.leave(method, ...args);
    await this.engine.perform(this.#left.at(-1)!);
    await expect.poll(() => this.answers.has(sequence)).toBe(true);
    return this.answers.get(sequence);
  }

  /** A call that is left for a busy engine; the message would come too late. */
  leave(method: CallName, ...args: readonly unknown[]): Call {
    const call: Call = { sequence: ++this.#sequence, method, args };
    this.#left.push(call);
    return call;
  }
}

const keys = (text: string): Uint8Array => new TextEncoder().encode(text);

test('while a script keeps the thread, another terminal is opened and ends the script', async () => {
  let scriptSpawned = false;
  let opened: Call | undefined;
  let spawned: Call | undefined;
  let answeredUpTo = 0;
  let asked = 0;
  const rig = new Rig((page) => {
    // The engine also asks in the shorter waits before the script.
    if (!scriptSpawned) return;
    // Nothing else could end this test: the script keeps its thread too.
    if (++asked > 1000) throw new Error(`the script goes on; the terminal shows ${page.shown}`);
    opened ??= page.leave('openTerminal', { columns: 80, rows: 24 }, { listener: LISTENER });
    const terminal = page.answers.get(opened.sequence);
    if (terminal?.kind !== 'value') return;
    spawned ??= page.leave('spawn', { argv: ['redis-cli'], terminal: terminal.value });
    // Typed before there is a prompt, Enter would be a newline to linenoise, as on Linux. Typed before the script has
    // passed its threshold, the command is refused, and there is a prompt again.
    if (!page.shown.slice(answeredUpTo).endsWith('6379> ')) return;
    answeredUpTo = page.shown.length;
    page.leave('type', terminal.value, keys('SCRIPT KILL\r'));
  });
  await rig.start();
  await rig.call('spawn', { argv: ['redis-server', '--save', '', '--busy-reply-threshold', '10'] });
  await rig.call('listening', 6379);
  scriptSpawned = true;
  const script = await rig.call('spawn', { argv: ['redis-cli', '-e', 'EVAL', 'while true do end', '0'] });
  const status = await rig.call('exited', (script as { value: unknown }).value);
  expect(status).toEqual({ kind: 'value', value: { kind: 'exit', code: 1 } });
  await expect.poll(() => rig.shown).toMatch(/OK\r\n/);
  expect(rig.received).toBeGreaterThan(spawned?.sequence ?? Infinity);
});

test('a call that comes both ways is performed once', async () => {
  const rig = new Rig(() => {});
  await rig.start();
  const first = rig.leave('writeFile', '/data/a', keys('first'));
  const second = rig.leave('writeFile', '/data/a', keys('second'));
  for (const call of [first, second, first]) await rig.engine.perform(call);
  expect(await rig.call('readFile', '/data/a')).toEqual({ kind: 'value', value: keys('second') });
});
