/**
 * `npm run clients`: the tests of real client libraries against servers of ours on real ports, and what came of them in
 * reports/clients.json. The same tests are among the unit tests, which write no report.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { format } from 'prettier';
import { ROOT } from './build-engine/places.ts';
import { clientReports, type VitestFile } from './clients/report.ts';
import { versionsOfClients } from './clients/versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
const results = join(folder, 'results.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { status } = spawnSync('vitest', ['run', 'wasm-redis/clients', ...reporters], { cwd: ROOT, stdio: 'inherit' });
const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as { testResults: VitestFile[] };
rmSync(folder, { recursive: true });
const clients = clientReports(testResults, await versionsOfClients(), (file) => basename(file, '.test.ts'));
const report = { date: new Date().toISOString().slice(0, 10), clients };
const text = await format(JSON.stringify(report), { parser: 'json', printWidth: 120 });
writeFileSync(join(ROOT, 'reports/clients.json'), text);
const sum = (key: 'passed' | 'failed' | 'skipped'): number => clients.reduce((total, one) => total + one[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = status ?? 1;
