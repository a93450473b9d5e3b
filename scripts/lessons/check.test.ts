import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage, type Page } from './page.ts';
import { playPages, type PlayPagesOptions } from './play-pages.ts';
import { reportFailures, reportProblems, tally, type Tally } from './report.ts';

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

describe('a lesson fails', () => {
  test('when a reply is changed; the blocks after it are played all the same', async () => {
    const { report, ...tally } = await check('changed-reply.md');
    expect(tally).toEqual({ passed: 1, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when a reply is missing, or a line of it', async () => {
    const { report, ...tally } = await check('missing-reply.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when Redis does not know a command', async () => {
    const { report, ...tally } = await check('unknown-command.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when a block never returns, which the clock of the machine finds', async () => {
    const { report, ...tally } = await check('never-returns.md');
    expect(tally).toEqual({ passed: 1, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when a block never returns and the clock cannot find it, by the limit in real time', async () => {
    const { report, ...tally } = await check('endless-script.md', { stepLimitMs: 3_000 });
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when a prompt cannot be read, with the line in the file', async () => {
    const { report, ...tally } = await check('unparsable-prompt.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 1 });
    expect(report).toMatchInlineSnapshot();
  });

  test('when a line of a reply reads as a remark', async () => {
    const { report, ...tally } = await check('unescaped-reply.md');
    expect(tally).toEqual({ passed: 0, failed: 1, notPlayed: 0 });
    expect(report).toMatchInlineSnapshot();
  });
});
