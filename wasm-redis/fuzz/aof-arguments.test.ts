import { expect, test } from 'vitest';
import { commandOfTooFewArguments } from './aof-arguments.ts';
import { attackMachine } from './attack-machine.ts';
import { GuestServer } from './guest-server.ts';

const encode = (...commands: string[][]): string =>
  commands
    .map((words) => `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`)
    .join('');

test.each([
  ['of which all are complete', encode(['SET', 'a', ''], ['XGROUP', 'CREATE', 's', 'g', '$']), undefined],
  ['one without its key', encode(['SELECT', '0'], ['RPUSH']), 'RPUSH'],
  ['one after an annotation', `#TS:1\r\n${encode(['GET'])}`, 'GET'],
  ['a subcommand without its arguments', encode(['XGROUP', 'CREATE', 's']), 'XGROUP CREATE s'],
  ['one behind a place that is no command', `*1\r\nRPUSH\r\n${encode(['RPUSH'])}`, undefined],
  ['one that nobody knows', encode(['NOTHING']), undefined],
  ['one whose argument is longer than the file', '*2\r\n$5\r\nRPUSH\r\n$99\r\na\r\n', undefined],
])('of the commands in a file, %s', async (_what, file, found) => {
  const machine = attackMachine();
  const server = await GuestServer.start(machine, { port: 6379, folder: '/data' });
  const ask = server.reply.bind(server);
  expect(await commandOfTooFewArguments(new TextEncoder().encode(file), ask)).toBe(found);
  await machine.dispose();
});
