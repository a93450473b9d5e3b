/**
 * Plays every ```redis fence below content/, or of the files named, tries every exercise, and reads the prose of lessons.
 * Fails when a reply differs, an exercise judges wrongly, or a lesson lacks something.
 */
import { findPages } from './lessons/find-pages.ts';
import { playPages } from './lessons/play-pages.ts';
import { reportFailures, reportProblems, tally } from './lessons/report.ts';
import { readProse } from './prose/read-prose.ts';

const started = performance.now();
const pages = findPages(process.argv.slice(2));
const unreadable = pages.filter((page) => reportProblems(page).length > 0);
const playing = playPages(pages.filter((page) => !unreadable.includes(page)));
// Read while the threads play.
const prose = await readProse(pages.map(({ path }) => path));
const played = await playing;

const messages = [...unreadable.flatMap(reportProblems), ...played.flatMap(reportFailures), ...prose.messages];
for (const message of messages) console.log(`${message}\n`);
const { passed, failed, notPlayed } = tally(played, unreadable);
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
const rest = notPlayed > 0 ? `, ${notPlayed} not played` : '';
console.log(
  `${passed + prose.passed} passed, ${failed + prose.failed} failed${rest} (transcripts on ${pages.length} pages, ${seconds} s)`,
);
if (failed > 0) console.log('If the machine is right and the lesson is not: npm run lessons:accept');
if (failed + prose.failed > 0) process.exitCode = 1;
