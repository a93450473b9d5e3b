import { beforeAll, expect, test } from 'vitest';
import { createDirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { loadModule } from '../../wasm-redis/node/load-module.ts';
import { LESSON_MACHINE } from '../transcript/lesson-machine.ts';
import { listCommands, type Command } from './command.ts';
import { engineCommands } from './engine-commands.ts';
import type { CommandArgument } from './engine-reply.ts';
import { listArguments, renderSyntax } from './syntax.ts';

let commands: readonly Command[];
/** What `redis-cli` prints for `help`, by title. */
let help: ReadonlyMap<string, string>;

beforeAll(async () => {
  commands = listCommands(await engineCommands());
  help = await readHelp(commands);
}, 60_000);

/** The name is bold, the arguments are grey. */
// eslint-disable-next-line no-control-regex -- terminal colours
const TITLE_AND_ARGUMENTS = /\x1b\[1m(.+?)\x1b\[0m \x1b\[90m(.*?)\x1b\[0m/g;

/** Help is typed into a redis-cli without a server: it knows its texts by heart. */
async function readHelp(known: readonly Command[]): Promise<Map<string, string>> {
  const machine = createDirectMachine({ ...LESSON_MACHINE, loadModule });
  const found = new Map<string, string>();
  try {
    for (const group of new Set(known.map((command) => command.group))) {
      const chunks: Uint8Array[] = [];
      const pid = await machine.spawn({
        argv: ['redis-cli', 'help', `@${group}`],
        onOutput: (bytes) => void chunks.push(bytes),
      });
      await machine.waitForInput(pid, 10_000);
      const printed = Buffer.concat(chunks).toString();
      for (const [, title = '', args = ''] of printed.matchAll(TITLE_AND_ARGUMENTS)) found.set(title, args);
    }
  } finally {
    await machine.dispose();
  }
  return found;
}

function syntaxOf(title: string): string {
  return renderSyntax(commands.find((command) => command.title === title)?.args ?? []);
}

/** The line as redis-cli prints it: no angle brackets, and bars without spaces around them. */
function asHelp(syntax: string): string {
  return syntax.replaceAll(/[<>]/g, '').replaceAll(' | ', '|');
}

test.each([
  [
    'SET',
    'key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]',
  ],
  ['ZADD', 'key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...]'],
  [
    'XADD',
    'key [NOMKSTREAM] [<MAXLEN | MINID> [= | ~] threshold [LIMIT count]] <* | id> field value [field value ...]',
  ],
  [
    'SORT',
    'key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC | DESC] [ALPHA] [STORE destination]',
  ],
  [
    'GEORADIUS',
    'key longitude latitude radius <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC] [STORE key] [STOREDIST key]',
  ],
  ['BITFIELD_RO', 'key [GET encoding offset [GET encoding offset ...]]'],
  [
    'MIGRATE',
    'host port <key | ""> destination-db timeout [COPY] [REPLACE] [[AUTH password] | [AUTH2 username password]] [KEYS key [key ...]]',
  ],
  ['ZRANGE', 'key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES]'],
  ['XREADGROUP', 'GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key [key ...] id [id ...]'],
  ['ACL SETUSER', 'username [rule [rule ...]]'],
  ['COMMAND LIST', '[FILTERBY MODULE module-name | ACLCAT category | PATTERN pattern]'],
  ['MEMORY USAGE', 'key [SAMPLES count]'],
  ['REPLICAOF', 'host port | NO ONE'],
  ['DBSIZE', ''],
])('the syntax of %s is readable', (title, syntax) => {
  expect(syntaxOf(title)).toBe(syntax);
});

test('a choice that may be repeated is in angle brackets, and so is its repetition', () => {
  expect(syntaxOf('BITFIELD')).toMatch(/^key \[<GET encoding offset \| .*> \[<GET .*> \.\.\.\]\]$/);
  expect(syntaxOf('CLIENT KILL')).toMatch(/^ip:port \| <\[ID client-id\] \| .*> \[<\[ID .*> \.\.\.\]$/);
});

/** Where the texts in redis-cli are older than COMMAND DOCS: an optional part, an empty word, `NO ONE`. */
const HELP_IS_OLDER = ['BITFIELD', 'BITFIELD_RO', 'MIGRATE', 'REPLICAOF', 'SLAVEOF'];

test('every other syntax is what redis-cli prints for help, brackets of choices apart', () => {
  const compared = commands.filter(({ title, group }) => group !== 'sentinel' && !HELP_IS_OLDER.includes(title));
  expect(compared.length).toBeGreaterThan(350);
  expect(Object.fromEntries(compared.map(({ title, args }) => [title, asHelp(renderSyntax(args))]))).toEqual(
    Object.fromEntries(compared.map(({ title }) => [title, help.get(title)])),
  );
});

test('the list of arguments says what the line cannot: types, versions, what belongs together', () => {
  const args: CommandArgument[] = [
    { name: 'key', type: 'key' },
    {
      name: 'expiration',
      type: 'oneof',
      flags: ['optional'],
      arguments: [
        { name: 'seconds', type: 'integer', token: 'EX', since: '2.6.12' },
        { name: 'keepttl', type: 'pure-token', token: 'KEEPTTL', since: '6.0.0' },
      ],
    },
  ];
  expect(listArguments(args, '1.0.0')).toEqual([
    { typed: 'key', kind: 'key', parts: [] },
    {
      typed: '',
      kind: 'one of these, optional',
      parts: [
        { typed: 'EX seconds', kind: 'whole number, since 2.6.12', parts: [] },
        { typed: 'KEEPTTL', kind: 'option, since 6.0.0', parts: [] },
      ],
    },
  ]);
});
