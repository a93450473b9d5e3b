import { describe, expect, test } from 'vitest';
import { Lab } from '../../wasm-redis/lab/lab.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { parseTranscript } from './parse.ts';
import { Player, type PlayedStep } from './play.ts';
import { scriptedMachine, type Answer } from './scripted-machine.ts';

const ANSWERS: Readonly<Record<string, Answer>> = {
  PING: 'PONG\n',
  'SUBSCRIBE news': { afterMs: Infinity, text: '' },
  'BLPOP q 5': { afterMs: 5_000, text: '(nil)\n(5.00s)\n' },
  '': { afterMs: 5_000, text: 'slow\n' },
  'BLPOP q 0': { afterMs: Infinity, text: '' },
  quit: { exit: { kind: 'exit', code: 0 } },
  'DEBUG SEGFAULT': { exit: { kind: 'trap', message: 'unreachable' } },
  'FOO bar': "(error) ERR unknown command 'FOO', with args beginning with: 'bar' \n",
  'INFO x': '# Server\r\nredis_version:7.0.15\r\n\r\n',
  'HELP PING': '\n  \u001b[1mPING\u001b[0m\n',
};

function play(source: string, clients: Record<string, string[]> = {}): Promise<PlayedStep[]> {
  const machine = scriptedMachine(
    (line, argv) => ANSWERS[line] ?? (line === 'ARGV' ? `${argv.join(' ')}\n` : `?${line}\n`),
  );
  return new Player(new Lab(machine, TOPOLOGIES.single), clients).play(parseTranscript(source));
}
const outcomes = async (source: string) => (await play(source)).map((played) => played.outcome);
const replies = async (source: string) => (await play(source)).map((played) => played.reply);

describe('a command', () => {
  test('is the same when every line is', async () => {
    expect(await outcomes('> PING\nPONG')).toEqual(['same']);
  });

  test('differs when a line is changed, missing or not expected', async () => {
    expect(await outcomes('> PING\nPANG')).toEqual(['differs']);
    expect(await outcomes('> PING\n> PING\nPONG')).toEqual(['differs', 'same']);
    expect(await outcomes('> PING\nPONG\nPONG')).toEqual(['differs']);
  });

  test('may be an error of Redis, which is a reply as any other', async () => {
    expect(await outcomes("> FOO bar\n(error) ERR unknown command 'FOO', with args beginning with: 'bar'")).toEqual([
      'same',
    ]);
    expect(await outcomes('> FOO bar\nOK')).toEqual(['differs']);
  });

  test('prints lines without colours, carriage returns and blank lines around them', async () => {
    expect(await replies('> INFO x\n> HELP PING')).toEqual([['# Server', 'redis_version:7.0.15'], ['  PING']]);
  });

  test('goes to the client that is named, with the options of its page', async () => {
    const played = await play('alice> ARGV\nredis-cli -3\n> ARGV\nredis-cli', { alice: ['-3'] });
    expect(played.map((step) => step.outcome)).toEqual(['same', 'same']);
  });

  test('starts redis-cli again when it has quit', async () => {
    expect(await outcomes('> quit\n> PING\nPONG')).toEqual(['same', 'same']);
  });
});

describe('a command that blocks', () => {
  test('is waited for, on the clock of the machine', async () => {
    expect(await outcomes('> BLPOP q 5\n(nil)\n(5.00s)\n> PING\nPONG')).toEqual(['same', 'same']);
  });

  test('is left when another client goes on, and an empty prompt shows what has appeared', async () => {
    expect(
      await outcomes('alice> BLPOP q 5\nbob> PING\nPONG\nalice>\n# wait 4s\nalice>\n# wait 1s\nalice>\n(nil)\n(5.00s)'),
    ).toEqual(Array(7).fill('same'));
  });

  test('shows what nobody has looked at with the next command of its client', async () => {
    expect((await replies('alice> BLPOP q 5\n# wait 6s\nalice> PING')).at(-1)).toEqual(['(nil)', '(5.00s)', 'PONG']);
  });

  test('that is endless by nature is left at the end of a block', async () => {
    expect(await outcomes('alice> SUBSCRIBE news')).toEqual(['same']);
  });

  test('in the shell is waited for, whoever comes next', async () => {
    expect(await outcomes('$ redis-cli BLPOP q 5\nslow\n> PING\nPONG')).toEqual(['same', 'same']);
  });

  test('ends with ^C', async () => {
    expect(await outcomes('alice> SUBSCRIBE news\nalice> ^C\n<SIGINT>\nalice> PING\nPONG')).toEqual([
      'same',
      'same',
      'same',
    ]);
  });

  test('fails the block when it never returns, and nothing is played after it', async () => {
    const played = await play('> BLPOP q 0\n> PING\nPONG');
    expect(played).toHaveLength(1);
    expect(played[0]?.failure).toMatchInlineSnapshot(`
      {
        "expected": "\`BLPOP q 0\` to return within 60 s of the machine's time",
        "found": "it never returns",
        "hint": "To leave it waiting, let the next line belong to another client, or be a wait, a fault or an empty prompt; \`> ^C\` ends it.",
      }
    `);
  });

  test('fails the next command of its own client', async () => {
    expect((await play('alice> SUBSCRIBE news\nbob> PING\nPONG\nalice> PING\nPONG')).at(-1)?.failure?.expected).toBe(
      "`SUBSCRIBE news` to return within 60 s of the machine's time",
    );
  });
});

test('a crash of redis-cli fails the block', async () => {
  expect((await play('> DEBUG SEGFAULT\n> PING')).map((played) => played.failure?.found)).toEqual([
    'redis-cli has crashed: unreachable',
  ]);
});

test('every step is told as soon as it is done', async () => {
  const told: PlayedStep[] = [];
  const machine = scriptedMachine(() => 'PONG\n');
  const all = await new Player(new Lab(machine, TOPOLOGIES.single)).play(
    parseTranscript('> PING\nPONG\n# wait 1s'),
    (played) => told.push(played),
  );
  expect(told).toEqual(all);
});
