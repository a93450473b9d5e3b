/** Plays the lessons as lessons:check does and writes the replies that the machine gave into them. Read the diff after. */
import { readFileSync, writeFileSync } from 'node:fs';
import { findPages } from './lessons/find-pages.ts';
import { playPages } from './lessons/play-pages.ts';
import { reportFailures, reportProblems } from './lessons/report.ts';
import { rewriteReplies } from './lessons/rewrite.ts';

const pages = findPages(process.argv.slice(2));
const unreadable = pages.filter((page) => reportProblems(page).length > 0);
const played = await playPages(pages.filter((page) => !unreadable.includes(page)));

for (const message of [...unreadable.flatMap(reportProblems), ...played.flatMap(reportFailures)])
  console.log(`${message}\n`);
let rewritten = 0;
for (const result of played) {
  const { path } = result.page;
  const source = readFileSync(path, 'utf8');
  const accepted = rewriteReplies(source, result);
  if (accepted === source) continue;
  writeFileSync(path, accepted);
  rewritten++;
  console.log(`${path} rewritten`);
}
console.log(`${rewritten} of ${pages.length} pages rewritten`);
const stuck = played.some(
  (result) => result.stopped ?? result.fences.flat().some((step) => step?.outcome === 'failed'),
);
if (unreadable.length > 0 || stuck) {
  console.log('What cannot be read or does not return has to be changed by hand.');
  process.exitCode = 1;
}
