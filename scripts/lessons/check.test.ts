import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { readPage, type Page } from './page.ts';
import { playPages, type PlayPagesOptions } from './play-pages.ts';
import { lessonTemplate } from './template.ts';
import { reportFailures, reportProblems, tally, type Tally } from './report.ts';

// Each test compiles the engine in a thread of its own.
vi.setConfig({ testTimeout: 60_000 });

/** Checks one of the fixtures on the engine; `report` is what the command would print, with short paths. */
async function check(name: string, options: PlayPagesOptions = {}): Promise<Tally & { report: string }> {
  const url = new URL(`./fixtures/${name}`, import.meta.url);
  const page: Page = readPage(relative(import.meta.dirname, url.pathname), readFileSync(url, 'utf8'));
  const problems = reportProblems(page);
  const played = problems.length > 0 ? [] : await playPages([page], options);
  const report = [...problems, ...played.flatMap(reportFailures)].join('\n\n');
  return { ...tally(played, problems.length > 0 ? [page] : []), report };
}

test('a right lesson passes, in all its blocks that are played', async () => {
  expect(await check('right.mdx')).toEqual({ passed: 3, failed: 0, notPlayed: 0, report: '' });
});

test('a page gives the same replies twice, to the byte: times, ids and ports too', async () => {
  const path = 'content/docs/lessons/redis-cli.mdx';
  const page = readPage(path, readFileSync(path, 'utf8'));
  const [first] = await playPages([page]);
  const [second] = await playPages([page]);
  expect(second).toEqual(first);
});

test('a lab is played: nodes by name, faults, and the shell', async () => {
  expect(await check('lab.mdx')).toEqual({ passed: 2, failed: 0, notPlayed: 0, report: '' });
});

test('a lab gives the same replies twice, on the machine as it was put back', async () => {
  const url = new URL('./fixtures/lab.mdx', import.meta.url);
  const page = readPage('lab.mdx', readFileSync(url, 'utf8'));
  const played = await playPages([page, { ...page, path: 'again.mdx' }, { ...page, path: 'once more.mdx' }]);
  const [first, ...others] = played.map(({ fences }) => fences);
  for (const other of others) expect(other).toEqual(first);
});

describe('a lesson fails', () => {
  test('when a fault names no node', async () => {
    const { report, ...tally } = await check('unknown-node.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/unknown-node.md:9 cannot be read
        expected a fault as in \`# fault: kill redis-1\`
        found    # fault kill redis-1
        A colon and a space follow the word.

      fixtures/unknown-node.md:8 cannot be read
        expected the name of a node (redis-1, redis-2, redis-3)
        found    shop
        In \`kill shop\`."
    `);
  });

  test('when a reply is changed; the blocks after it are played all the same', async () => {
    const { report, ...tally } = await check('changed-reply.md');
    expect(tally).toEqual({ passed: 1, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/changed-reply.md:8 > GET bike:1
        - printed in the lesson, + given by the machine
        - "Phobos"
        + "Deimos""
    `);
  });

  test('when a reply is missing, or a line of it', async () => {
    const { report, ...tally } = await check('missing-reply.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/missing-reply.md:4 > LRANGE bikes 0 -1
        - printed in the lesson, + given by the machine
          1) "Deimos"
        + 2) "Phobos"

      fixtures/missing-reply.md:6 > DEL bikes
        - printed in the lesson, + given by the machine
        + (integer) 1"
    `);
  });

  test('when Redis does not know a command', async () => {
    const { report, ...tally } = await check('unknown-command.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/unknown-command.md:2 > GTE bike:1
        - printed in the lesson, + given by the machine
        - "Deimos"
        + (error) ERR unknown command 'GTE', with args beginning with: 'bike:1' "
    `);
  });

  test('when a block never returns, which the clock of the machine finds', async () => {
    const { report, ...tally } = await check('never-returns.md');
    expect(tally).toEqual({ passed: 1, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/never-returns.md:7 > BLPOP jobs 0
        expected \`BLPOP jobs 0\` to return within 60 s of the machine's time
        found    it never returns
        To leave it waiting, let the next line belong to another client, or be a wait, a fault or an empty prompt; \`> ^C\` ends it."
    `);
  });

  test('when a block never returns and the clock cannot find it, by the limit in real time', async () => {
    const { report, ...tally } = await check('endless-script.md', { stepLimitMs: 5_000 });
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/endless-script.md:4 > EVAL "while true do end" 0
        expected the machine to go on
        found    nothing happened for 5 s of real time, so it was ended
        A script that never ends does this, and so does a machine that cannot start."
    `);
  });

  test('when a prompt cannot be read, with the line in the file', async () => {
    const { report, ...tally } = await check('unparsable-prompt.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/unparsable-prompt.md:11 cannot be read
        expected a prompt as in \`> GET key\`, \`alice> GET key\` or \`$ redis-cli PING\`
        found    127.0.0.1:6379> PING
        A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\127.0.0.1:6379> PING\`."
    `);
  });

  test('when a line of a reply reads as a remark', async () => {
    const { report, ...tally } = await check('unescaped-reply.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot(`
      "fixtures/unescaped-reply.md:4 cannot be read
        expected a prompt after a remark, a wait or a fault
        found    db0:keys=1,expires=0,avg_ttl=0
        A reply directly follows its command. If \`# Keyspace\` is a line of the reply, write \`\\# Keyspace\`; to show what has appeared since, write an empty prompt."
    `);
  });
});

test('an exercise fails that can be met by nothing, is not met by its solution, or whose wrong attempt fails otherwise', async () => {
  const { report, ...tally } = await check('exercises.mdx');
  // Passed: everything of the first exercise (five), and what is right about the others.
  expect(tally).toEqual({ passed: 14, failed: 5, notPlayed: 0 });
  expect(report).toMatchInlineSnapshot(`
    "fixtures/exercises.mdx:89 > INCR a
      - printed in the lesson, + given by the machine
      - (integer) 3
      + (integer) 2

    fixtures/exercises.mdx:41 exercise too-easy, doing nothing
      expected that it fails
      check 1 met: \`gone\` does not exist; it does not exist

    fixtures/exercises.mdx:57 exercise wrong-solution, the solution
      expected every assertion to be met
      check 1 unmet: \`a\` holds \`"1"\`; it holds \`"2"\`

    fixtures/exercises.mdx:78 exercise wrong-attempt, the wrong attempt of check 1
      expected check 1 to be unmet, and no other
      check 1 met: \`a\` holds \`"1"\`; it holds \`"1"\`
      check 2 met: \`b\` holds \`"2"\`; it holds \`"2"\`

    fixtures/exercises.mdx:78 exercise wrong-attempt, the wrong attempt of check 2
      expected check 2 to be unmet, and no other
      check 1 unmet: \`a\` holds \`"1"\`; it holds \`"2"\`
      check 2 met: \`b\` holds \`"2"\`; it holds \`"2"\`"
  `);
});

test('an exercise that cannot be read is told with its place', async () => {
  const source =
    '\n```exercise\nid: a\ntitle: A\ntask: B\ncheck: [{ key: a, why: c }]\nhints: [d]\nsolution: |\n  > PING\n```';
  expect(() => readPage('a.mdx', source)).toThrowErrorMatchingInlineSnapshot(
    `[Error: a.mdx:2 exercise a: check 1 needs a \`wrong:\` or a \`spoil:\`, one of the two]`,
  );
});

test('a check whose command writes fails, as it would change what it looks at', async () => {
  const { report } = await check('writing-check.mdx');
  expect(report).toContain('expected commands that only read in `reply:`, found GETDEL a');
});

test('two parts of a page cannot have the same id', () => {
  const card = '```question\nid: a\nkind: card\nask: b\nwhy: c\n```\n';
  expect(() => readPage('a.mdx', `${card}\n${card}`)).toThrow('found a a second time');
});

test('the file that lesson:new writes plays, and its exercise judges rightly', async () => {
  const planned = { slug: 'doors', title: 'Doors: a lesson', minutes: 30, level: 'beginner' };
  const page = readPage('doors.mdx', lessonTemplate(planned));
  const played = await playPages([page]);
  expect(played.flatMap(reportFailures)).toEqual([]);
  expect(tally(played, []).passed).toBe(8);
});

test('the command tells a right lesson from a wrong one by its exit status', () => {
  const run = (name: string) =>
    spawnSync(process.execPath, ['scripts/check-lessons.ts', `scripts/lessons/fixtures/${name}`], { encoding: 'utf8' });
  const right = run('right.mdx');
  expect(right.stdout).toMatch(/^3 passed, 0 failed \(transcripts on 1 pages, \d+\.\d s\)\n$/);
  expect(right.status).toBe(0);
  const wrong = run('changed-reply.md');
  expect(wrong.stdout).toContain('1 passed, 1 failed');
  expect(wrong.status).toBe(1);
});
