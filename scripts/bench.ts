/** `npm run bench`: the engine against native Redis, and the site in Chromium. Options: wasm-redis/bench/options.ts. */
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { format } from 'prettier';
import { measureBoot } from '../wasm-redis/bench/boot.ts';
import { measureCommands } from '../wasm-redis/bench/commands.ts';
import { type Figure, figureCells } from '../wasm-redis/bench/figure.ts';
import { type Measurement } from '../wasm-redis/bench/measure.ts';
import { type BenchOptions, parseOptions } from '../wasm-redis/bench/options.ts';
import { type BenchReport } from '../wasm-redis/bench/report.ts';
import { measureModules, type Size } from '../wasm-redis/bench/sizes.ts';
import { formatCount, formatTable } from '../wasm-redis/bench/table.ts';
import { wantedRatio } from '../wasm-redis/bench/wanted.ts';
import { measureChromium } from './bench/chromium.ts';
import { measureLabPages } from './bench/lab.ts';
import { measureLabStart } from './bench/lab-start.ts';
import { measurePages, SITE } from './bench/page-sizes.ts';
import { measureLessonChecks } from './bench/lesson-checks.ts';
import { measureSavesInChromium } from './bench/saves.ts';
import { measureSiteBuild } from './bench/site-build.ts';

const REPORT = 'reports/bench.json';
const options = parseOptions(process.argv.slice(2));
const wants = (part: BenchOptions['parts'][number]): boolean => options.parts.includes(part);
// Standard output is for the result alone.
const sayNext = (name: string): void => void process.stderr.write(`${name}\n`);

if (options.json) console.log(JSON.stringify(await commands()));
else {
  if (wants('commands')) printCommands(await commands());
  if (wants('boot')) printFigures(['', 'ours', 'native'], await measureBoot(options.effort.runs));
  if (wants('sizes')) printSizes([...(await measureModules()), ...(await measurePages())]);
  if (wants('chromium')) {
    if (existsSync(SITE)) {
      printFigures(['Chromium', 'median', ''], await measureChromium(options.effort.runs));
      printFigures(['Lab, Chromium', 'median', 'wanted'], await measureLabStart(options.effort.runs));
    } else console.log('Chromium was not measured: the site has not been built. Run: npm run build');
  }
  if (wants('saves')) printFigures(['Saves, Chromium', '', ''], await measureSavesInChromium(4 * options.effort.runs));
  if (wants('site-build')) printFigures(['Build of the site', 'measured', 'wanted'], await measureSiteBuild());
  if (wants('lesson-checks')) printFigures(['lessons:check', 'measured', 'wanted'], await measureLessonChecks());
  if (wants('lab-page')) {
    const idleMs = 4000 * options.effort.runs;
    for (const { of, figures } of await measureLabPages(idleMs)) {
      printFigures([`Thirteen processes, Chromium: ${of}`, 'measured', 'wanted'], figures);
    }
  }
}

async function commands(): Promise<Measurement[]> {
  const measurements = await measureCommands(options, sayNext);
  if (!options.report) return measurements;
  const report: BenchReport = {
    date: new Date().toISOString().slice(0, 10),
    computer: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} processors`,
    node: process.version,
    effort: options.effort,
    commands: measurements,
  };
  writeFileSync(REPORT, await format(JSON.stringify(report), { parser: 'json', printWidth: 120 }));
  return measurements;
}

function printCommands(measurements: readonly Measurement[]): void {
  const rows = measurements.map((measurement) => {
    const { name, pipeline, path, wasm, native, ratio } = measurement;
    const wanted = wantedRatio(measurement);
    const figures = [formatCount(wasm), formatCount(native), ratio.toFixed(2), wanted?.toFixed(1) ?? ''];
    return [name, String(pipeline), path, ...figures, wanted !== undefined && ratio < wanted ? 'missed' : ''];
  });
  console.log(`${formatTable(['commands/s', 'pipeline', 'path', 'wasm', 'native', 'ratio', 'wanted', ''], rows)}\n`);
}

function printFigures(header: [string, string, string], figures: readonly Figure[]): void {
  console.log(`${formatTable(header, figures.map(figureCells))}\n`);
}

function printSizes(sizes: readonly Size[]): void {
  const rows = sizes.map(({ name, ...bytes }) => [name, ...[bytes.raw, bytes.gzip, bytes.brotli].map(formatCount)]);
  console.log(`${formatTable(['bytes', 'raw', 'gzip', 'brotli'], rows)}\n`);
}
