/**
 * `npm run profile:engine`: counts how often each piece of upstream's C code runs under a workload, in a native build on this
 * machine, and writes that into wasm-redis/native. The engine's build optimizes by it; to be run again for another release of Redis
 * or when the workload changes. Needs clang of the same version as emcc's, with its profiling library (Debian: clang-14 and
 * libclang-rt-14-dev), and redis-tools.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers } from '../wasm-redis/bench/answers.ts';
import { RELEASES } from '../wasm-redis/native/recipe.ts';
import { freePort } from '../wasm-redis/node/free-port.ts';
import { NATIVE } from './build-engine/places.ts';
import { planBuild } from './build-engine/plan.ts';
import { run, SetupError } from './build-engine/run.ts';
import { unpackedSource } from './build-engine/source.ts';
import { findToolchain } from './build-engine/toolchain.ts';
import { buildInstrumented } from './profile-engine/instrumented-server.ts';
import { AFTERWARDS, WORKLOAD } from './profile-engine/workload.ts';

const PIPELINES = [1, 16];
const RANDOM_NUMBERS = 10_000;

const release = RELEASES[0];
const source = await unpackedSource(release);
if (!source || !release.profile) throw new SetupError('Run npm run build:engine first: the source is not there.');
const { clangMajor, id } = await findToolchain();
const server = planBuild({
  upstream: source.folder,
  native: NATIVE,
  sourceId: source.id,
  compiler: id,
  read: (path) => readFileSync(path, 'utf8'),
  exists: existsSync,
  nativeHeaders: [],
}).find(({ name }) => name === 'redis-server');
if (!server) throw new Error('The recipe has no redis-server.');

const folder = await mkdtemp(join(tmpdir(), 'redis-profile-'));
try {
  const program = await buildInstrumented(server, source.folder, `clang-${clangMajor}`, folder);
  console.log('built with counters');
  await work(program, join(folder, 'counts.profraw'));
  const text = join(NATIVE, release.profile);
  await run(`llvm-profdata-${clangMajor}`, ['merge', '-text', '-o', text, join(folder, 'counts.profraw')]);
  console.log(`${text}: ${readdirSync(NATIVE).includes(release.profile) ? 'written' : 'missing'}`);
} finally {
  await rm(folder, { recursive: true });
}

/** Runs the program under the workload until it has written its counts. */
async function work(program: string, counts: string): Promise<void> {
  const port = await freePort();
  const options = ['--port', String(port), '--save', '', '--enable-debug-command', 'local'];
  const env = { ...process.env, LLVM_PROFILE_FILE: counts };
  const child = spawn(program, options, { cwd: folder, env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await answers(port, child);
  for (const pipeline of PIPELINES)
    for (const { command, requests } of WORKLOAD) {
      const how = ['-p', port, '-P', pipeline, '-n', requests, '-r', RANDOM_NUMBERS, '-q'].map(String);
      await run('redis-benchmark', [...how, ...command]);
    }
  for (const command of AFTERWARDS) await run('redis-cli', ['-p', String(port), ...command]);
  await run('redis-cli', ['-p', String(port), 'SHUTDOWN', 'NOSAVE']).catch(() => '');
  await ended;
}
