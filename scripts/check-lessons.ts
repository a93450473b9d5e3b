/**
 * Plays every ```redis fence below content/, or of the files named, tries every exercise, and reads the prose of lessons.
 * Without arguments also whether the lessons cover what the course promises. Fails when a reply differs, an exercise judges
 * wrongly, or something is lacking.
 */
import { findPages } from './lessons/find-pages.ts';
import { playPages } from './lessons/play-pages.ts';
import { reportFailures, reportProblems, tally } from './lessons/report.ts';
import { readCoverage } from './prose/read-coverage.ts';
import { readProse } from './prose/read-prose.ts';

const started = performance.now();
const paths = process.argv.slice(2);
const pages = findPages(paths);
const unreadable = pages.filter((page) => reportProblems(page).length > 0);
const playing = playPages(pages.filter((page) => !unreadable.includes(page)));
// Read while the threads play.
const prose = await readProse(pages.map(({ path }) => path));
// What the lessons promise together cannot be said of one.
const coverage = paths.length === 0 ? readCoverage() : { covered: 0, open: [], messages: [] };
const played = await playing;

const messages = [
  ...unreadable.flatMap(reportProblems),
  ...played.flatMap(reportFailures),
  ...prose.messages,
  ...coverage.messages,
];
for (const message of messages) console.log(`${message}\n`);
const tallied = tally(played, unreadable);
const passed = tallied.passed + prose.passed + coverage.covered;
const failed = tallied.failed + prose.failed + coverage.messages.length;
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
const rest = tallied.notPlayed > 0 ? `, ${tallied.notPlayed} not played` : '';
if (coverage.open.length > 0) console.log(`${coverage.open.length} subjects wait for lessons that are not written yet`);
console.log(`${passed} passed, ${failed} failed${rest} (transcripts on ${pages.length} pages, ${seconds} s)`);
if (tallied.failed > 0) console.log('If the machine is right and the lesson is not: npm run lessons:accept');
if (failed > 0) process.exitCode = 1;
