import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../build-engine/places.ts';
import { run, SetupError } from '../build-engine/run.ts';
import { aptInstall } from './apt.ts';
import { onPath } from './programs.ts';
import type { Step } from './step.ts';

const PROGRAMS = ['redis-cli', 'redis-benchmark', 'redis-check-rdb', 'redis-check-aof'];
const LINK = join(CACHE, 'native/redis-server');

/**
 * Redis as the machine runs it, to compare with. Debian's package redis-server would start a service; redis-tools does
 * not, and its redis-check-rdb is the server too: it looks at the name by which it is called.
 */
export const nativeRedis: Step = {
  name: 'native redis',
  found: async () => {
    if (!PROGRAMS.every((program) => onPath(program))) return undefined;
    const server = onPath('redis-server');
    return server ? version(server) : link();
  },
  make: async () => {
    await aptInstall(['redis-tools'], 'Put redis-server, redis-cli, redis-benchmark and the two checkers on the PATH.');
    return `${await link()} installed`;
  },
};

async function link(): Promise<string> {
  const checker = onPath('redis-check-rdb');
  if (!checker) throw new SetupError('redis-tools is installed, but redis-check-rdb is not on the PATH.');
  await mkdir(join(CACHE, 'native'), { recursive: true });
  await rm(LINK, { force: true });
  await symlink(checker, LINK);
  return version(LINK);
}

async function version(server: string): Promise<string> {
  const text = await run(server, ['--version']);
  return `redis-server ${/v=(\S+)/.exec(text)?.[1] ?? text.trim()}`;
}
