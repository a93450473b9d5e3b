import { compareReplies, formatDiff } from '../../src/transcript/compare.ts';
import type { Trial } from '../../src/exercise/attempt.ts';
import type { PlayedStep } from '../../src/transcript/play.ts';
import { stepText } from '../../src/transcript/step-text.ts';
import type { Fence, Page } from './page.ts';
import type { PlayedPage } from './play-pages.ts';

/** Counts fences and attempts at exercises. Fences behind a failure that stops a page are not played. */
export interface Tally {
  passed: number;
  failed: number;
  notPlayed: number;
}

/** What cannot be read on a page, each with its place; empty if all is well. */
export function reportProblems(page: Page): string[] {
  return page.fences.flatMap((fence) =>
    fence.transcript.problems.map(({ line, expected, found, hint }) =>
      [`${at(page, fence, line)} cannot be read`, `  expected ${expected}`, `  found    ${found}`, `  ${hint}`].join(
        '\n',
      ),
    ),
  );
}

/** What differs or failed on a page that was played, each with its place, the difference and what to do. */
export function reportFailures({ page, fences, trials, stopped }: PlayedPage): string[] {
  const messages = fences.flatMap((steps, index) => {
    const fence = page.fences[index];
    return fence && steps ? steps.filter(isFailure).map((played) => reportStep(page, fence, played)) : [];
  });
  for (const { fence, trial } of trials) if (!trial.passed) messages.push(reportTrial(page, fence, trial));
  if (stopped) messages.push(reportStop(page, fences, stopped));
  return messages;
}

/** Counts the fences of pages that were played and of pages that could not be read. */
export function tally(played: readonly PlayedPage[], unreadable: readonly Page[]): Tally {
  const total: Tally = { passed: 0, failed: 0, notPlayed: 0 };
  for (const { fences, trials, stopped } of played) {
    for (const { trial } of trials) total[trial.passed ? 'passed' : 'failed']++;
    fences.forEach((steps, index) => {
      if (steps?.some(isFailure) || stopped?.fence === index) total.failed++;
      else if (!steps) total.notPlayed++;
      else total.passed++;
    });
  }
  for (const { transcript } of unreadable.flatMap((page) => page.fences)) {
    if (transcript.problems.length > 0) total.failed++;
    else total.notPlayed++;
  }
  return total;
}

function isFailure(played: PlayedStep): boolean {
  return played.outcome !== 'same';
}

function reportStep(page: Page, fence: Fence, { step, reply, failure }: PlayedStep): string {
  const expected = 'reply' in step ? step.reply : [];
  const head = `${at(page, fence, step.line)} ${stepText(step)}`;
  const diff = formatDiff(compareReplies(expected, reply)).map((line) => `  ${line}`);
  if (!failure) return [head, '  - printed in the lesson, + given by the machine', ...diff].join('\n');
  return [
    head,
    `  expected ${failure.expected}`,
    `  found    ${failure.found}`,
    `  ${failure.hint}`,
    ...(reply.length > 0 ? diff : []),
  ].join('\n');
}

function reportTrial(page: Page, index: number, { name, report }: Trial): string {
  const fence = page.fences[index];
  const place = fence ? at(page, fence, 0) : page.path;
  return [`${place} exercise ${fence?.exercise?.id ?? ''}, ${name}`, ...report.map((line) => `  ${line}`)].join('\n');
}

function reportStop(page: Page, fences: PlayedPage['fences'], stopped: { fence: number; message: string }): string {
  const fence = page.fences[stopped.fence];
  if (!fence) return `${page.path} ${stopped.message}`;
  const step = fence.transcript.steps[fences[stopped.fence]?.length ?? 0];
  return [
    `${at(page, fence, step?.line ?? 0)} ${step ? stepText(step) : ''}`.trimEnd(),
    '  expected the machine to go on',
    `  found    ${stopped.message}`,
    '  A script that never ends does this, and so does a machine that cannot start.',
  ].join('\n');
}

function at(page: Page, fence: Fence, line: number): string {
  return `${page.path}:${fence.firstLine + line}`;
}
