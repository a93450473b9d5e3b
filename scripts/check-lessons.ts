/** Plays every ```redis fence below content/, or of the files named, and fails when a reply differs. */
import { findPages } from './lessons/find-pages.ts';
import { playPages } from './lessons/play-pages.ts';
import { reportFailures, reportProblems, tally } from './lessons/report.ts';

const started = performance.now();
const pages = findPages(process.argv.slice(2));
const unreadable = pages.filter((page) => reportProblems(page).length > 0);
const played = await playPages(pages.filter((page) => !unreadable.includes(page)));

const messages = [...unreadable.flatMap(reportProblems), ...played.flatMap(reportFailures)];
for (const message of messages) console.log(`${message}\n`);
const { passed, failed, notPlayed } = tally(played, unreadable);
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
const rest = notPlayed > 0 ? `, ${notPlayed} not played` : '';
console.log(`${passed} passed, ${failed} failed${rest} (transcripts on ${pages.length} pages, ${seconds} s)`);
if (failed > 0) {
  console.log('If the machine is right and the lesson is not: npm run lessons:accept');
  process.exitCode = 1;
}
