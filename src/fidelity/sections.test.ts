import { expect, test } from 'vitest';
import { exceptions } from '../../scripts/upstream/exceptions.ts';
import type { SuiteReport } from '../../scripts/upstream/report.ts';
import { NARROW } from '../../wasm-redis/differential/narrow.ts';
import { PATTERN_ORDER } from '../../wasm-redis/differential/pattern-messages.ts';
import { FIRST_OF_SEVERAL, REFUSALS, RULES } from '../../wasm-redis/differential/rules.ts';
import { ONLY_REFUSED, UNCOVERED } from '../../wasm-redis/differential/uncovered.ts';
import { LOADING_ENDS, UNCHECKED_ENDS } from '../../wasm-redis/fuzz/endings.ts';
import differences from '../../wasm-redis/differences.txt?raw';
import { readDifferences } from './design-section.ts';
import type { FidelitySection } from './section.ts';
import { percent } from './section.ts';
import { fidelitySections } from './sections.ts';
import { speedSection } from './speed-section.ts';
import { upstreamSection } from './upstream-section.ts';

/** Those of some texts that no cell of the page is, or ends with. */
function missing(sections: readonly FidelitySection[], texts: readonly string[]): string[] {
  const cells = sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.flat()));
  const known = new Set(cells);
  return texts.filter((text) => !known.has(text));
}

const run: SuiteReport = {
  redis: '7.0.15',
  date: '2026-01-02',
  units: 3,
  notRun: ['cluster'],
  minutes: 1.5,
  passed: 1234,
  passedNatively: 2000,
  failed: [{ unit: 'unit/geo', name: 'GEOADD fails', message: 'Expected 1' }],
  excepted: [],
  failsNativelyToo: [],
  ignored: {},
};

test('the page has every exception, every rule of the comparison, every command left out, with its reason', () => {
  const reasons = [
    ...exceptions().flatMap(({ unit, test: name, reason }) => [unit, name === '*' ? 'all' : name, reason]),
    ...[...RULES, ...REFUSALS, ...FIRST_OF_SEVERAL, PATTERN_ORDER, ...UNCHECKED_ENDS, ...LOADING_ENDS].map(
      ({ reason }) => reason,
    ),
    ...Object.values({ ...UNCOVERED, ...ONLY_REFUSED }),
    ...readDifferences(differences).flat(),
  ];
  expect(reasons.length).toBeGreaterThan(100);
  expect(missing(fidelitySections(), reasons)).toEqual([]);
});

test('every command with a rule, or that is not sent, or gets no wide numbers, is named', () => {
  const names = [
    ...RULES.flatMap(({ commands }) => commands),
    ...NARROW,
    ...Object.keys({ ...UNCOVERED, ...ONLY_REFUSED }),
  ];
  const cells = fidelitySections().flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.flat()));
  const named = new Set(cells.flatMap((cell) => cell.split(', ')));
  expect(names.filter((name) => !named.has(name.replace('|', ' ').toUpperCase()))).toEqual([]);
});

test('an exception that the page does not have is missed', () => {
  const [line] = exceptions();
  const sections = [upstreamSection({ full: run }, [line!])];
  expect(
    missing(
      sections,
      exceptions().map(({ reason }) => reason),
    ).length,
  ).toBeGreaterThan(5);
});

test('a report’s figures, its date and version, and what failed in it are shown', () => {
  const { sentences, tables } = upstreamSection({ full: run }, []);
  expect(sentences.at(-1)).toContain('3 units in 1.5 minutes; not run: cluster.');
  expect(tables[0]!.rows[0]!.slice(1)).toEqual(['2026-01-02', '7.0.15', '2,000', '1,234', '61.7 %', '1', '0']);
  expect(tables.at(-1)!.rows).toEqual([['full', 'unit/geo', 'GEOADD fails']]);
});

test('ratios are shown by path and pipeline, and a row below what is wanted of it is named', () => {
  const row = { native: 100, unit: 'commands/s' } as const;
  const { sentences, tables } = speedSection({
    date: '2026-01-02',
    computer: 'a processor, 2 processors',
    node: 'v24.0.0',
    effort: { runs: 5, seconds: 0.5 },
    commands: [
      { ...row, name: 'SET', pipeline: 1, path: 'socket', wasm: 1000, ratio: 10 },
      { ...row, name: 'SET', pipeline: 16, path: 'socket', wasm: 110, ratio: 1.1 },
      { ...row, name: 'SET', pipeline: 1, path: 'benchmark', wasm: 10, ratio: 0.1 },
      { ...row, name: 'SET', pipeline: 1, path: 'tcp', wasm: 100, ratio: 1 },
    ],
  });
  expect(tables[0]!.rows).toEqual([['SET', '10.00', '1.10', '1.00', 'not run']]);
  expect(sentences[1]).toBe('Below what the project wants: SET on socket with pipeline 16 (1.10 of 1.2).');
});

test('every row has as many cells as its table’s head', () => {
  const tables = fidelitySections().flatMap((section) => section.tables);
  expect(tables.length).toBeGreaterThan(8);
  expect(tables.filter(({ head, rows }) => rows.some((row) => row.length !== head.length))).toEqual([]);
});

test('a share is rounded down', () => {
  expect([percent(2999, 3000), percent(3000, 3000), percent(0, 0)]).toEqual(['99.9 %', '100.0 %', '0.0 %']);
});

test('a difference without a reason is refused', () => {
  expect(() => readDifferences('fork\n')).toThrow('expected "subject | difference", found "fork"');
});
