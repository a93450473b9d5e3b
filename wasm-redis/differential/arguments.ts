import { type Dice } from './dice.ts';
import { type DocumentedArgument, type DocumentedCommand } from './documentation.ts';
import { NARROW } from './narrow.ts';
import * as values from './values.ts';

/** Whether an optional argument is there. */
const OPTIONAL = 0.35;

/** What has been made of a command so far. */
interface Making {
  dice: Dice;
  command: DocumentedCommand;
  words: string[];
  /** How many keys follow, once `numkeys` has said so. */
  keys?: number;
}

/** A call of a command with arguments as COMMAND DOCS describes them: mostly right in form, often not in sense. */
export function call(dice: Dice, command: DocumentedCommand): string[] {
  const making: Making = { dice, command, words: command.name.split('|') };
  for (const argument of command.arguments) add(making, argument);
  return making.words;
}

/**
 * The same, spoilt in one place: another number of arguments, one of a wrong kind, one that is huge or binary.
 *
 * @param numbers whether an argument may become another number
 */
export function spoilt(dice: Dice, words: readonly string[], numbers: boolean): string[] {
  const changed = [...words];
  const at = dice.below(changed.length);
  switch (dice.below(6)) {
    case 0:
      return changed.slice(0, Math.max(1, changed.length - 1));
    case 1:
      return [...changed, values.word(dice)];
    case 2:
      return changed.toSpliced(Math.max(1, at), 1);
    case 3:
      return changed.length > 2 ? changed.with(Math.max(1, at), numbers ? values.word(dice) : 'word') : changed;
    case 4:
      return changed.length > 2 ? changed.with(Math.max(1, at), numbers ? values.integer(dice, false) : 'x') : changed;
    default:
      return changed.map((text, index) => (index === 0 ? text.toUpperCase() : text));
  }
}

function add(making: Making, argument: DocumentedArgument): void {
  const { dice, words } = making;
  if (argument.flags.includes('optional') && !dice.chance(OPTIONAL)) return;
  if (argument.name === 'streams' && argument.type === 'block') {
    addStreams(making);
    return;
  }
  const eachToken = argument.flags.includes('multiple_token');
  if (!eachToken) addToken(making, argument);
  for (let left = repetitions(making, argument); left > 0; left--) {
    if (eachToken) addToken(making, argument);
    addValue(making, argument);
  }
  if (argument.name === 'numkeys') {
    const keys = dice.between(1, 3);
    making.keys = dice.chance(0.06) ? dice.below(5) : keys;
    words[words.length - 1] = dice.chance(0.03) ? values.integer(dice, false) : String(making.keys);
  }
}

function repetitions({ dice, keys }: Making, { flags, type, name }: DocumentedArgument): number {
  if (!flags.includes('multiple')) return 1;
  if (keys !== undefined && (type === 'key' || name === 'weight')) return keys;
  return dice.chance(0.03) ? dice.between(10, 40) : dice.between(1, 3);
}

/** A token may be two words; the empty string stands as two quotation marks. */
function addToken({ words, dice }: Making, { token, type }: DocumentedArgument): void {
  if (token === undefined) return;
  if (type === 'pure-token' && token === '""') words.push('');
  else words.push(...(dice.chance(0.1) ? token.toLowerCase() : token).split(' '));
}

function addValue(making: Making, argument: DocumentedArgument): void {
  const { dice, words, command } = making;
  const { type, name } = argument;
  switch (type) {
    case 'pure-token':
      return;
    case 'oneof':
      if (argument.arguments.length > 0) add(making, required(dice.one(argument.arguments)));
      return;
    case 'block':
      for (const part of argument.arguments) add(making, part);
      return;
    case 'key':
      words.push(values.key(dice, command.group));
      return;
    case 'integer':
      words.push(integer(making, name));
      return;
    case 'double':
      words.push(coordinate(dice, name) ?? values.double(dice));
      return;
    case 'pattern':
      words.push(values.pattern(dice));
      return;
    case 'unix-time':
      words.push(name.endsWith('milliseconds') ? values.unixMs(dice) : values.unixSeconds(dice));
      return;
    case 'string':
      words.push(values.named(dice, name, command.name));
  }
}

function integer({ dice, command }: Making, name: string): string {
  if (name === 'client-id') return dice.one(['<id:0>', '<id:1>', '999999', '0', 'x']);
  if (['seconds', 'milliseconds', 'ttl'].includes(name)) return values.lifetime(dice);
  // How long an entry has been idle is told by two clocks.
  if (name === 'min-idle-time') return dice.one(['0', '0', '1000000000', '-1', 'x']);
  if (name === 'db' || name === 'destination-db') return dice.one(['0', '0', '1', '2', '15', '16', '-1', 'x']);
  return values.integer(dice, !NARROW.has(command.name) && !NARROW.has(command.name.split('|')[0]!));
}

/** A timeout; or places on earth: few of them are equally far from each other, so that no order is left to the sort. */
function coordinate(dice: Dice, name: string): string | undefined {
  // Beyond 2^63 ms the conversion to an integer is undefined.
  if (name === 'timeout') return dice.one(['0', '0.01', '1', '-1', 'x', 'nan', '']);
  if (name === 'longitude') return dice.one(['13.361389', '15.087269', '-122.4', '2.35', '200', '-0.1', '179.99']);
  if (name === 'latitude') return dice.one(['38.115556', '37.502669', '37.77', '48.85', '91', '51.5', '-85']);
  if (name === 'radius' || name === 'width' || name === 'height')
    return dice.one(['100', '200.5', '5000', '20000', '0', '-1']);
  return undefined;
}

function required(argument: DocumentedArgument): DocumentedArgument {
  return { ...argument, flags: argument.flags.filter((flag) => flag !== 'optional') };
}

/** XREAD and XREADGROUP: as many ids as keys, which COMMAND DOCS cannot say. */
function addStreams({ dice, words, command }: Making): void {
  const count = dice.between(1, 2);
  words.push('STREAMS');
  for (let left = count; left > 0; left--) words.push(values.key(dice, 'stream'));
  for (let left = dice.chance(0.95) ? count : count + 1; left > 0; left--) {
    words.push(
      dice.one(command.name === 'xreadgroup' ? ['>', '>', '0', '1-1', '$'] : ['0', '0', '1-1', '$', '2-1', 'x']),
    );
  }
}
