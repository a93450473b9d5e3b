import { describe, expect, test } from 'vitest';
import { escapeReplyLine, parseTranscript, type Step } from './parse.ts';

const steps = (source: string) => parseTranscript(source).steps;
const problems = (source: string) =>
  parseTranscript(source).problems.map(
    ({ line, expected, found, hint }) => `${line}: expected ${expected}, found ${found}\n   ${hint}`,
  );

describe('a transcript', () => {
  test('is commands, each with the lines that follow it', () => {
    expect(steps('> SET bike:1 "Deimos"\nOK\n> LRANGE l 0 -1\n1) "a"\n2) "b"')).toEqual<Step[]>([
      { kind: 'type', screen: '', text: 'SET bike:1 "Deimos"', line: 0, reply: ['OK'] },
      { kind: 'type', screen: '', text: 'LRANGE l 0 -1', line: 2, reply: ['1) "a"', '2) "b"'] },
    ]);
  });

  test('names the clients, and the shell', () => {
    expect(
      steps('alice> PING\nPONG\n$ redis-cli PING\nPONG\n> PING\nPONG').map((step) => 'screen' in step && step.screen),
    ).toEqual(['alice', '$', '']);
  });

  test('moves the clock by what `# wait` says', () => {
    expect(steps('# wait 10s\n# wait 1.5h\n# wait 250ms\n# wait 2d\n# wait 3m')).toEqual(
      [10_000, 5_400_000, 250, 172_800_000, 180_000].map((ms, line) => ({ kind: 'wait', ms, line })),
    );
  });

  test('looks at a screen with an empty prompt and interrupts with ^C', () => {
    expect(steps('alice>\n1) "message"\nalice> ^C\n$ ^C\n>')).toEqual<Step[]>([
      { kind: 'look', screen: 'alice', line: 0, reply: ['1) "message"'] },
      { kind: 'interrupt', screen: 'alice', line: 2, reply: [] },
      { kind: 'interrupt', screen: '$', line: 3, reply: [] },
      { kind: 'look', screen: '', line: 4, reply: [] },
    ]);
  });

  test('keeps blank lines inside a reply and drops those around it', () => {
    expect(steps('> INFO\n\na:1\n\nb:2\n\n> PING\nPONG')[0]).toMatchObject({ reply: ['a:1', '', 'b:2'] });
  });

  test('has remarks that are neither typed nor compared', () => {
    const { steps, lines } = parseTranscript('# first\n> PING\nPONG\n#second');
    expect(steps).toHaveLength(1);
    expect(lines.map((line) => line.kind)).toEqual(['remark', 'prompt', 'reply', 'remark']);
  });
});

describe('a reply line that looks like something else', () => {
  test('is written with a backslash, which is not part of it', () => {
    const { steps, lines } = parseTranscript(
      '> INFO server\n\\# Server\nredis_version:7.0.15\n> GET x\n\\> quoted\n\\\\n',
    );
    expect(steps.map((step) => 'reply' in step && step.reply)).toEqual([
      ['# Server', 'redis_version:7.0.15'],
      ['> quoted', '\\n'],
    ]);
    expect(lines[1]).toEqual({ kind: 'reply', text: '# Server' });
  });

  test('is escaped when a reply is written, and only then', () => {
    const replies = [
      '# Server',
      '> x',
      'alice> x',
      '$ ls',
      '\\x',
      'Alice> GET',
      '127.0.0.1:6379> GET',
      '$redis',
      '>',
      '$',
    ];
    expect(replies.map(escapeReplyLine)).toEqual(replies.map((line) => `\\${line}`));
    const plain = [
      'OK',
      '(nil)',
      '"> x"',
      '1) "a"',
      '1# "a" => "b"',
      '-> Redirected to slot [1]',
      '$5',
      '(error) ERR a > b',
      '...',
    ];
    expect(plain.map(escapeReplyLine)).toEqual(plain);
  });

  test('comes back as it was', () => {
    for (const line of ['# Server', '\\# x', 'bob> hi', '$ x', 'OK', '', '<b>x</b>']) {
      expect(steps(`> GET x\nfirst\n${escapeReplyLine(line)}\nlast`)[0]).toMatchObject({
        reply: ['first', line, 'last'],
      });
    }
  });
});

describe('a line that cannot be read', () => {
  test('is a prompt that is none', () => {
    expect(problems('Alice> GET x\n>GET x\n127.0.0.1:6379> GET x\n$redis-cli PING')).toMatchInlineSnapshot(`
      [
        "0: expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`, found Alice> GET x
         A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\Alice> GET x\`.",
        "1: expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`, found >GET x
         A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\>GET x\`.",
        "2: expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`, found 127.0.0.1:6379> GET x
         A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\127.0.0.1:6379> GET x\`.",
        "3: expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`, found $redis-cli PING
         A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\$redis-cli PING\`.",
      ]
    `);
  });

  test('is a reply without a command', () => {
    expect(problems('OK\n> PING\nPONG')).toMatchInlineSnapshot(`
      [
        "0: expected a command, found OK
         Begin with what is typed, as in \`> GET key\`.",
      ]
    `);
  });

  test('is a reply after a remark, as when the remark is part of the reply', () => {
    expect(problems('> INFO server\n# Server\nredis_version:7.0.15')).toMatchInlineSnapshot(`
      [
        "2: expected a prompt after a remark, a wait or a fault, found redis_version:7.0.15
         A reply directly follows its command. If \`# Server\` is a line of the reply, write \`\\# Server\`; to show what has appeared since, write an empty prompt.",
      ]
    `);
  });

  test('is a wait without a length of time', () => {
    expect(problems('# wait\n# wait a while\n# wait 10')).toMatchInlineSnapshot(`
      [
        "0: expected a length of time as in \`# wait 10s\`, found # wait
         The units are ms, s, m, h and d.",
        "1: expected a length of time as in \`# wait 10s\`, found # wait a while
         The units are ms, s, m, h and d.",
        "2: expected a length of time as in \`# wait 10s\`, found # wait 10
         The units are ms, s, m, h and d.",
      ]
    `);
  });
});
