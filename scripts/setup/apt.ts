import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../build-engine/places.ts';
import { outcomeOf, SetupError, type Outcome } from '../build-engine/run.ts';
import { onPath } from './programs.ts';

/** How this process may install packages: as it is, by sudo, or not at all. */
type Privilege = 'root' | 'sudo' | 'none';

/**
 * Installs Debian packages without their recommendations. The package lists are fetched only if apt does not know a
 * package or cannot download it. apt's own output goes to a log.
 *
 * @param elsewhere what to do on a system without apt; a sentence.
 * @throws `SetupError` without apt, without the right to install, or if apt fails.
 */
export async function aptInstall(packages: readonly string[], elsewhere: string): Promise<void> {
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!onPath('apt-get')) throw new SetupError(`there is no apt here. ${elsewhere}`);
  const privilege = await findPrivilege();
  if (privilege === 'none')
    throw new SetupError(
      `installing needs root, and sudo is missing or asks for a password. Type this, then try again: sudo ${command}`,
    );
  const log = await openLog(packages);
  const install = ['install', '--no-install-recommends', '--yes', ...packages];
  if ((await aptGet(privilege, install, log)).code === 0) return;
  // A machine fresh from an image knows no packages, or packages that have been replaced since.
  const update = await aptGet(privilege, ['update'], log);
  const { code, stderr } = update.code === 0 ? await aptGet(privilege, install, log) : update;
  if (code === 0) return;
  throw new SetupError(
    `${reasonOf(stderr)} The command was: ${command}. All that apt said is in ${log}:\n${tailOf(stderr)}`,
  );
}

/** The sentence for what apt says on standard error. */
export function reasonOf(stderr: string): string {
  if (/enough free space|No space left/.test(stderr)) return 'the disk is too full.';
  if (
    /Temporary failure resolving|Could not connect|Could not resolve|Connection timed out|Unable to connect/.test(
      stderr,
    )
  )
    return 'the Debian archive cannot be reached: is there a network?';
  if (/Unable to locate package|has no installation candidate/.test(stderr))
    return 'apt does not know a package: is the Debian release one that has it (12 or newer)?';
  if (/Could not get lock|Unable to acquire the dpkg/.test(stderr))
    return 'another program is installing packages: wait until it is done and try again.';
  return 'apt-get failed.';
}

async function findPrivilege(): Promise<Privilege> {
  if (process.getuid?.() === 0) return 'root';
  if (!onPath('sudo')) return 'none';
  const { code } = await outcomeOf('sudo', ['--non-interactive', 'true']);
  return code === 0 ? 'sudo' : 'none';
}

async function aptGet(privilege: Privilege, args: readonly string[], log: string): Promise<Outcome> {
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8'];
  const options = ['-o', 'Acquire::Retries=3', '-o', 'Dpkg::Use-Pty=0', '--quiet'];
  const line = ['env', ...settings, 'apt-get', ...options, ...args];
  const [program = 'env', ...rest] = privilege === 'sudo' ? ['sudo', '--non-interactive', ...line] : line;
  const outcome = await outcomeOf(program, rest);
  await appendFile(log, `$ ${[program, ...rest].join(' ')}\n${outcome.stdout}${outcome.stderr}\n`);
  return outcome;
}

async function openLog(packages: readonly string[]): Promise<string> {
  const folder = join(CACHE, 'logs');
  await mkdir(folder, { recursive: true });
  const log = join(folder, `apt-${packages[0]}.log`);
  await writeFile(log, '');
  return log;
}

function tailOf(text: string): string {
  return text.trim().split('\n').slice(-8).join('\n');
}
