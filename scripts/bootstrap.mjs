/**
 * The way in for `npm start` and `npm test`, in plain JavaScript for the Node that the machine has: installs the
 * dependencies if they are not those of package-lock.json, then hands over to Node 24, which is one of them, and setup.ts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const bin = join(root, 'node_modules/.bin');

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

/** True if every package of the lockfile that is not optional is installed in that version. */
function dependenciesInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const found = packagesOf(installed);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || (found[path] ? found[path].version === version : (optional ?? devOptional) === true),
  );
}

function installDependencies() {
  const began = Date.now();
  const log = join(root, '.cache/logs/npm-ci.log');
  mkdirSync(join(root, '.cache/logs'), { recursive: true });
  const out = openSync(log, 'w');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const stdio = ['ignore', out, out];
  const { status, error } = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund'], { cwd: root, stdio });
  if (status !== 0) {
    console.error(error?.message ?? readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n'));
    fail(
      'npm ci failed. It needs the network, once, and about 600 MB of disk. What it said is in .cache/logs/npm-ci.log.',
    );
  }
  console.log(`dependencies: installed by npm ci, ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Node 24 runs TypeScript. npm brings it on Linux; elsewhere it has to be there. */
function findNode24() {
  const local = join(bin, 'node');
  if (existsSync(local)) return local;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Node 24 is needed, and npm has none for ${process.platform} ${process.arch}; this is ${process.version}. Install Node 24 from https://nodejs.org/ and try again.`,
  );
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node 20 or newer is needed, this is ${process.version}. Get it from https://nodejs.org/ and try again.`);
if (!dependenciesInstalled()) installDependencies();
const setup = spawn(findNode24(), [join(root, 'scripts/setup.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both of us: the other decides when to end. Other signals reach only this process.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => setup.kill(signal));
setup.on('error', ({ message }) => fail(`Node 24 does not start: ${message}`));
setup.on('close', (code) => process.exit(code ?? 1));
