/**
 * Lighthouse, as a phone, on a lesson (or the paths given): prints the four scores and what cost points. Fails below the
 * project's bars. Not among the tests, because its performance score depends on how busy the machine is.
 * `npm run lighthouse -- [--dist dist] [path ...]`
 */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { CHROMIUM } from './chromium.ts';
import { startSiteServer } from './serve/site-server.ts';

const BARS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const DEBUGGING_PORT = 4339;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: 'string', default: 'dist' } },
});
const paths = positionals.length > 0 ? positionals : ['lessons/what-is-redis/'];

const server = await startSiteServer({ dist: values.dist, base: '/', host: 'localhost', port: 0 });
const browser = await chromium.launch({
  ...CHROMIUM,
  args: [...(CHROMIUM.args ?? []), `--remote-debugging-port=${String(DEBUGGING_PORT)}`],
});
try {
  for (const path of paths) {
    const result = await lighthouse(server.url + path, {
      port: DEBUGGING_PORT,
      output: 'json',
      logLevel: 'error',
      onlyCategories: Object.keys(BARS),
    });
    if (!result) throw new Error(`Lighthouse gave no result for ${path}`);
    const { categories, audits, runtimeError } = result.lhr;
    if (runtimeError) {
      // Seen on a busy computer. The other pages are measured all the same.
      console.log(`not measured  /${path}: ${runtimeError.message}`);
      process.exitCode = 1;
      continue;
    }
    for (const [name, bar] of Object.entries(BARS)) {
      const score = Math.round((categories[name]?.score ?? 0) * 100);
      console.log(`${score < bar ? 'too low' : 'ok'}  ${String(score).padStart(3)}  ${name}  /${path}`);
      if (score < bar) process.exitCode = 1;
      for (const { id, weight } of categories[name]?.auditRefs ?? []) {
        const audit = audits[id];
        if (!audit || weight === 0 || audit.score === null || audit.score >= 0.9) continue;
        console.log(`         ${audit.title}: ${audit.displayValue ?? audit.score}`);
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
