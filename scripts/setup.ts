/**
 * What bootstrap.mjs hands over to, in Node 24: makes everything that is missing, one step after the other, and then
 *
 *     setup.ts start    serves the site on http://localhost:4321/
 *     setup.ts test     runs every check; the site is built by one of them
 *     setup.ts site     does no more
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './build-engine/places.ts';
import { SetupError } from './build-engine/run.ts';
import { browser } from './setup/browser.ts';
import { DISK_NEEDED, requireDiskSpace } from './setup/disk-space.ts';
import { engine, redisSource } from './setup/engine.ts';
import { emscripten } from './setup/emscripten.ts';
import { nativeRedis } from './setup/native-redis.ts';
import { redisPy } from './setup/redis-py.ts';
import { site } from './setup/site.ts';
import { runSteps, type Step } from './setup/step.ts';
import { tcl } from './setup/tcl.ts';
import { tshark } from './setup/tshark.ts';

const FOR_THE_SITE: readonly Step[] = [emscripten, redisSource, engine];
const FOR_THE_TESTS: readonly Step[] = [browser, nativeRedis, tcl, tshark, redisPy];

const command = process.argv[2];
try {
  await requireDiskSpace(ROOT, DISK_NEEDED);
  await runSteps([...FOR_THE_SITE, ...(command === 'test' ? FOR_THE_TESTS : [site])]);
  if (command === 'start') process.exitCode = await run('node', [join(ROOT, 'scripts/serve.ts')]);
  if (command === 'test') process.exitCode = await run('node', [join(ROOT, 'scripts/check.ts')]);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}

/** Runs a program in the foreground until it ends or this process is told to. Resolves with its exit code. */
function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
    process.on('SIGINT', () => undefined); // a terminal sends it to the child too, which decides when to end
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
