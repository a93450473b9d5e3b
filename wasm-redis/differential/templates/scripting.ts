import { type Dice } from '../dice.ts';
import { functionName, library, libraryName, scriptCall } from '../scripts.ts';
import * as values from '../values.ts';
import { one, type Template } from './template.ts';

/** Scripts and functions. */
export const SCRIPT_TEMPLATES: Readonly<Record<string, Template>> = {
  eval: ({ dice, data }) => [scriptCall(dice, 'EVAL', data)],
  eval_ro: ({ dice, data }) => [scriptCall(dice, 'EVAL_RO', data)],
  evalsha: ({ dice, data }) => sha(dice, 'EVALSHA', data),
  evalsha_ro: ({ dice, data }) => sha(dice, 'EVALSHA_RO', data),
  fcall: ({ dice, data }) => [
    ['FUNCTION', 'LOAD', 'REPLACE', library(dice)],
    ['FCALL', ...functionCall(dice, data)],
  ],
  fcall_ro: ({ dice, data }) => [
    ['FUNCTION', 'LOAD', 'REPLACE', library(dice)],
    ['FCALL_RO', ...functionCall(dice, data)],
  ],
  'function|load': ({ dice }) => [['FUNCTION', 'LOAD', ...(dice.chance(0.5) ? ['REPLACE'] : []), library(dice)]],
  'function|delete': ({ dice }) => [
    ['FUNCTION', 'LOAD', library(dice)],
    ['FUNCTION', 'DELETE', libraryName(dice)],
  ],
  'function|list': ({ dice }) => [
    ['FUNCTION', 'LIST', ...dice.one([[], ['WITHCODE'], ['LIBRARYNAME', libraryName(dice)]])],
  ],
  'function|restore': ({ dice }) => [
    [
      'FUNCTION',
      'RESTORE',
      dice.one(['<functions>', '<functions>', 'bad', '']),
      ...dice.one([[], ['FLUSH'], ['APPEND'], ['REPLACE'], ['x']]),
    ],
  ],
  'script|load': ({ dice, data }) => [['SCRIPT', 'LOAD', scriptCall(dice, 'EVAL', data)[1]!]],
  'script|debug': one(['SCRIPT', 'DEBUG', 'NO'], ['SCRIPT', 'DEBUG', 'maybe'], ['SCRIPT', 'DEBUG']),
};

function sha(dice: Dice, name: string, data: () => string[]): readonly string[][] {
  const [, script = '', ...rest] = scriptCall(dice, 'EVAL', data);
  if (dice.chance(0.2)) return [[name, 'ffffffffffffffffffffffffffffffffffffffff', ...rest]];
  return [
    ['SCRIPT', 'LOAD', script],
    [name, `<sha:${script}>`, ...rest],
  ];
}

function functionCall(dice: Dice, data: () => string[]): string[] {
  const name = functionName(dice);
  if (name === 'f7') return [name, '0', ...data()];
  return dice.chance(0.9)
    ? [name, '1', values.key(dice, 'string'), values.word(dice)]
    : [name, dice.one(['0', '-1', 'x', '3'])];
}
