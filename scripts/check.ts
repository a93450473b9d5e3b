/**
 * Every check, one after the other, all of them even if one fails. Ends with one line `N passed, N failed` for all
 * together; a part without tests of its own counts as one. Arguments name parts to run instead of all.
 */
import { countsOfLine, countsOfPlaywright, countsOfVitest, lineOf, sumOf, type Counts } from './check/counts.ts';
import { reportFile, runPart, type Part } from './check/part.ts';

const UNIT_REPORT = reportFile('unit.json');
const E2E_REPORT = reportFile('e2e.json');

const PARTS: readonly Part[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  // Types before lint: it writes the types of the content and of Vite's environment, which lint reads.
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', command: ['eslint', '.'] },
  {
    name: 'unit',
    command: ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`],
    count: { report: UNIT_REPORT, read: countsOfVitest },
  },
  { name: 'lessons', command: ['node', 'scripts/check-lessons.ts'], count: { read: countsOfLine } },
  { name: 'site and links', command: ['node', 'scripts/setup.ts', 'site'] },
  { name: 'sizes', command: ['node', 'scripts/check-sizes.ts'], count: { read: countsOfLine } },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=dot,json'],
    count: { report: E2E_REPORT, read: countsOfPlaywright },
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0)
  throw new Error(`there is no part ${unknown.join(', ')}; there are ${PARTS.map(({ name }) => name).join(', ')}`);

const results: Counts[] = [];
for (const part of PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n--- ${part.name}`);
  const began = performance.now();
  const counts = await runPart(part);
  results.push(counts);
  console.log(`--- ${part.name}: ${lineOf(counts)}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
const sum = sumOf(results);
console.log(`\n${lineOf(sum)}`);
process.exitCode = sum.failed > 0 ? 1 : 0;
