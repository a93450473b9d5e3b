import { call, spoilt } from './arguments.ts';
import { createDice, type Dice } from './dice.ts';
import { type DocumentedCommand } from './documentation.ts';
import { seedData } from './seed-data.ts';
import { type Group, type Sequence, type Step } from './sequence.ts';
import { TEMPLATES } from './special.ts';
import { UNCOVERED } from './uncovered.ts';
import * as values from './values.ts';

const DATA_GROUPS = [
  'string',
  'list',
  'set',
  'hash',
  'sorted-set',
  'stream',
  'geo',
  'bitmap',
  'hyperloglog',
  'generic',
];
/** Commands that take long or empty everything, by how often they come in relation to others. */
const RARE: Readonly<Record<string, number>> = {
  pfselftest: 0.004,
  flushall: 0.03,
  flushdb: 0.03,
  swapdb: 0.2,
  save: 0.02,
  quit: 0.05,
  reset: 0.2,
  auth: 0.1,
  command: 0.03,
  'command|docs': 0.03,
  'command|info': 0.1,
  'command|list': 0.1,
  debug: 0.3,
  select: 0.3,
  info: 0.2,
  migrate: 0.1,
};
/** A number in the wrong place could make these end a key within the test. */
const MILLISECONDS: ReadonlySet<string> = new Set(['pexpire', 'psetex', 'set', 'getex', 'setex', 'expire']);
/** Most steps are about data; the others are about the server. */
const DATA_PART = 0.75;
const SPOILT_PART = 0.08;

/** Makes sequences of about `length` steps; the same seed gives the same sequence. */
export class Generator {
  readonly #data: readonly DocumentedCommand[];
  readonly #server: readonly DocumentedCommand[];
  readonly #scripted: readonly DocumentedCommand[];
  /** Commands whose first argument is a key. */
  readonly #keyed: readonly DocumentedCommand[];

  constructor(commands: readonly DocumentedCommand[]) {
    const sent = commands.filter(({ name }) => UNCOVERED[name] === undefined);
    this.#data = sent.filter(({ group }) => DATA_GROUPS.includes(group));
    this.#server = sent.filter(({ group }) => !DATA_GROUPS.includes(group) && group !== 'transactions');
    // Members taken by chance, and times, have rules that know the command only where it is called directly.
    this.#scripted = this.#data.filter(({ name, flags }) => {
      return TEMPLATES[name] === undefined && RARE[name] === undefined && !flags.includes('noscript');
    });
    this.#keyed = this.#scripted.filter(({ name, arguments: [first], flags }) => {
      return first?.type === 'key' && !name.includes('|') && !flags.includes('blocking');
    });
  }

  sequence(seed: number, length: number): Sequence {
    const dice = createDice(seed);
    const clients = dice.between(1, 4);
    const groups: Group[] = seedData(dice).map((args) => [{ client: 0, args }]);
    for (let client = 0; client < clients; client++) {
      if (dice.chance(0.5)) groups.push([{ client, args: ['HELLO', '3'] }]);
    }
    for (let steps = groups.length; steps < length;) {
      const group = this.#group(dice, clients);
      groups.push(group);
      steps += group.length;
    }
    return { clients, groups };
  }

  #group(dice: Dice, clients: number): Group {
    const client = dice.below(clients);
    if (dice.chance(0.05)) return this.#transaction(dice, client, clients);
    if (dice.chance(0.03)) return this.#expiry(dice, client);
    if (clients > 1 && dice.chance(0.03)) return this.#blocked(dice, clients);
    return this.#calls(dice, client, dice.chance(DATA_PART) ? this.#data : this.#server);
  }

  #calls(dice: Dice, client: number, among: readonly DocumentedCommand[]): Group {
    let command = dice.one(among);
    while (!dice.chance(RARE[command.name] ?? 1)) command = dice.one(among);
    // A client that waits, or only listens, is no use for the rest of the sequence: the first one never does.
    const listens = /subscribe$/.test(command.name);
    if ((listens || command.name === 'quit') && client === 0) return [{ client, args: ['PING'] }];
    if (command.flags.includes('blocking')) return [{ client, args: this.#notWaiting(dice, command) }];
    return this.#callsOf(dice, command).map((args) => ({ client, args }));
  }

  #callsOf(dice: Dice, command: DocumentedCommand): readonly (readonly string[])[] {
    const template = TEMPLATES[command.name];
    const documented = (): string[] => call(dice, command);
    const data = (): string[] => call(dice, dice.one(this.#scripted));
    if (template) return template({ dice, documented, data });
    const words = documented();
    return [dice.chance(SPOILT_PART) ? spoilt(dice, words, !MILLISECONDS.has(command.name)) : words];
  }

  /** A blocking command inside of a transaction, where it does not block: that is what another group is for. */
  #notWaiting(dice: Dice, command: DocumentedCommand): string[] {
    return command.name === 'wait'
      ? ['WAIT', '0', '0']
      : withTimeout(dice, call(dice, command), dice.one(['-1', 'x', 'nan']));
  }

  /** WATCH or not, MULTI, commands, perhaps some of another client, EXEC or DISCARD. */
  #transaction(dice: Dice, client: number, clients: number): Group {
    const steps: Step[] = [];
    const group = dice.one(DATA_GROUPS);
    if (dice.chance(0.4)) steps.push({ client, args: ['WATCH', values.key(dice, group), values.key(dice, 'string')] });
    if (dice.chance(0.2)) steps.push(...this.#plain(dice, dice.below(clients)));
    steps.push({ client, args: ['MULTI'] });
    for (let left = dice.between(0, 5); left > 0; left--) {
      const blocking = this.#data.filter(({ flags, name }) => flags.includes('blocking') && name !== 'wait');
      const command = dice.chance(0.1) ? dice.one(blocking) : undefined;
      if (command) steps.push({ client, args: withTimeout(dice, call(dice, command), '0') });
      else if (dice.chance(0.1))
        steps.push({ client, args: dice.one([['MULTI'], ['WATCH', 'str:a'], ['NOSUCH'], ['GET'], ['UNWATCH']]) });
      else steps.push(...this.#plain(dice, dice.chance(0.9) ? client : dice.below(clients)));
    }
    steps.push({ client, args: [dice.chance(0.85) ? 'EXEC' : 'DISCARD'] });
    return steps;
  }

  #plain(dice: Dice, client: number): Group {
    const command = dice.one(this.#data.filter(({ flags }) => !flags.includes('blocking')));
    if (RARE[command.name] !== undefined) return [{ client, args: ['PING'] }];
    return this.#callsOf(dice, command).map((args) => ({ client, args }));
  }

  /** One client waits; others do this and that, which may give it what it waits for; then it is released. */
  #blocked(dice: Dice, clients: number): Group {
    const client = dice.between(1, clients - 1);
    const command = dice.one(this.#data.filter(({ flags, name }) => flags.includes('blocking') && name !== 'wait'));
    const steps: Step[] = [];
    if (dice.chance(0.5)) steps.push({ client: 0, args: ['DEL', 'list:a', 'list:b', 'zset:a', 'zset:b'] });
    if (dice.chance(0.05)) {
      return [
        ...steps,
        {
          client,
          args: withTimeout(dice, call(dice, command), command.name.startsWith('x') ? '10' : '0.01'),
          waitMs: 50,
        },
      ];
    }
    steps.push({ client, args: withTimeout(dice, call(dice, command), '0') });
    for (let left = dice.between(0, 4); left > 0; left--) {
      const other = dice.below(clients);
      if (other !== client) steps.push(...this.#plain(dice, other));
      else steps.push({ client: 0, args: feed(dice) });
    }
    return [
      ...steps,
      { client: 0, args: ['CLIENT', 'UNBLOCK', `<id:${client}>`, ...dice.one([[], ['TIMEOUT'], ['ERROR']])] },
    ];
  }

  /**
   * A key ends while nobody looks: what is left is met by the commands that follow, which must not see it.
   *
   * PEXPIRE reads the clock twice. Where a busy computer lets a millisecond pass between, the key is deleted at once, and only
   * a key that nobody has met since is in DEBUG DIGEST; so after PEXPIRE it is met before the group ends.
   */
  #expiry(dice: Dice, client: number): Group {
    const group = dice.one(DATA_GROUPS);
    const key = values.key(dice, group);
    const args = dice.one([
      ['PEXPIRE', key, '1'],
      ['GETEX', key, 'PX', '1'],
      ['SET', key, 'v', 'PX', '1'],
      ['PSETEX', key, '1', 'v'],
    ]);
    const ends: Step = { client, args, waitMs: 6 };
    if (args[0] !== 'PEXPIRE') return [ends];
    const meeting = dice.one(this.#keyed.filter((command) => command.group === group));
    return [ends, { client, args: call(dice, meeting).with(1, key) }, { client, args: ['EXISTS', key] }];
  }
}

/** What somebody who is blocked may wait for. */
function feed(dice: Dice): string[] {
  const list = dice.one(values.KEYS['list']!);
  const zset = dice.one(values.KEYS['sorted-set']!);
  const stream = dice.one(values.KEYS['stream']!);
  return dice.one([
    ['RPUSH', list, 'x', 'y'],
    ['LPUSH', list, 'z'],
    ['ZADD', zset, '1', 'a', '2', 'b'],
    ['XADD', stream, '100-*', 'f', 'v'],
    ['LMOVE', 'list:long', list, 'LEFT', 'RIGHT'],
    ['COPY', 'list:long', list],
    ['RENAME', 'list:long', list],
  ]);
}

/** Puts a timeout where the command has it. */
function withTimeout(dice: Dice, words: readonly string[], timeout: string): string[] {
  const name = words[0]!;
  if (name.startsWith('x')) {
    const at = words.findIndex((text) => text.toUpperCase() === 'BLOCK');
    if (at >= 0) return words.with(at + 1, timeout);
    return words.toSpliced(words.indexOf('STREAMS'), 0, 'BLOCK', timeout);
  }
  const at = name === 'bzmpop' || name === 'blmpop' ? 1 : words.length - 1;
  void dice;
  return words.with(at, timeout);
}
