import * as values from '../values.ts';
import { debugCall } from './debug.ts';
import { one, type Template } from './template.ts';

/** Commands about the server and its clients, so that nothing takes the servers out of the comparison. */
export const SERVER_TEMPLATES: Readonly<Record<string, Template>> = {
  'command|getkeys': ({ data }) => [['COMMAND', 'GETKEYS', ...data()]],
  'command|getkeysandflags': ({ data }) => [['COMMAND', 'GETKEYSANDFLAGS', ...data()]],
  'client|caching': ({ dice }) => [
    ['CLIENT', 'TRACKING', 'ON', 'OPTIN'],
    ['CLIENT', 'CACHING', dice.one(['YES', 'NO', 'x'])],
    ['CLIENT', 'TRACKING', 'OFF'],
  ],
  'client|kill': one(
    ['CLIENT', 'KILL', 'ID', '<id:1>'],
    ['CLIENT', 'KILL', 'ID', '999999'],
    ['CLIENT', 'KILL', '1.2.3.4:5'],
    ['CLIENT', 'KILL', 'USER', 'nosuch'],
    ['CLIENT', 'KILL', 'TYPE', 'none'],
    ['CLIENT', 'KILL', 'ADDR', '1.2.3.4:5', 'SKIPME', 'yes'],
    ['CLIENT', 'KILL', 'SKIPME', 'x'],
  ),
  'client|pause': one(
    ['CLIENT', 'PAUSE', '0'],
    ['CLIENT', 'PAUSE', '-1'],
    ['CLIENT', 'PAUSE', 'x'],
    ['CLIENT', 'PAUSE', '0', 'WRITE'],
    ['CLIENT', 'PAUSE', '0', 'x'],
  ),
  'client|reply': one(['CLIENT', 'REPLY', 'ON'], ['CLIENT', 'REPLY', 'x']),
  'client|setname': ({ dice }) => [['CLIENT', 'SETNAME', dice.one(['', 'name', 'a b', 'x\n'])]],
  debug: ({ dice }) => [['DEBUG', ...debugCall(dice)]],
  pfdebug: ({ dice }) => [
    ['PFDEBUG', dice.one(['GETREG', 'DECODE', 'ENCODING', 'TODENSE', 'X']), values.key(dice, 'hyperloglog')],
  ],
  // Nobody is there to reply: what is tried is that it says so.
  migrate: ({ dice }) => [
    [
      'MIGRATE',
      '127.0.0.1',
      '1',
      values.key(dice, 'string'),
      '0',
      dice.one(['100', 'x']),
      ...dice.one([[], ['COPY'], ['REPLACE'], ['KEYS', 'a']]),
    ],
  ],
  replicaof: one(['REPLICAOF', 'NO', 'ONE'], ['REPLICAOF', 'x'], ['REPLICAOF', 'h', 'x']),
  slaveof: one(['SLAVEOF', 'NO', 'ONE'], ['SLAVEOF', 'x'], ['SLAVEOF', 'h', 'x']),
  replconf: one(
    ['REPLCONF', 'listening-port', '1234'],
    ['REPLCONF', 'capa', 'eof'],
    ['REPLCONF', 'nosuch', '1'],
    ['REPLCONF', 'x'],
  ),
  shutdown: one(['SHUTDOWN', 'ABORT'], ['SHUTDOWN', 'x'], ['SHUTDOWN', 'ABORT', 'NOW']),
  wait: one(['WAIT', '0', '0'], ['WAIT', 'x', '0'], ['WAIT', '0', '-1'], ['WAIT', '0', 'x']),
  lolwut: one(
    ['LOLWUT'],
    ['LOLWUT', 'VERSION', '5'],
    ['LOLWUT', 'VERSION', 'x'],
    ['LOLWUT', 'VERSION', '6', '10', '5'],
  ),
  // All channels at once are left in the order of a hash table.
  unsubscribe: ({ dice }) => [['UNSUBSCRIBE', dice.one(values.CHANNELS)]],
  punsubscribe: ({ dice }) => [['PUNSUBSCRIBE', dice.one(values.CHANNELS)]],
  sunsubscribe: ({ dice }) => [['SUNSUBSCRIBE', dice.one(values.CHANNELS)]],
};
