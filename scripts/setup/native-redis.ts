import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../build-engine/places.ts';
import { run, SetupError } from '../build-engine/run.ts';
import { aptInstall } from './apt.ts';
import { onPath } from './programs.ts';
import type { Step } from './step.ts';

const TOOLS = ['redis-cli', 'redis-benchmark', 'redis-check-rdb', 'redis-check-aof'];
const LINK = join(ROOT, 'node_modules/.bin/redis-server');

/**
 * Redis as the machine runs it, to compare with. Debian's package redis-server would start a service and enable it;
 * redis-tools does not, and its redis-check-rdb is the server too: it looks at the name by which it is called. So a link
 * of that name, where `npm run` looks for programs, is all that is missing.
 */
export const nativeRedis: Step = {
  name: 'native redis',
  found: async () => (TOOLS.every((tool) => onPath(tool)) ? findServer() : undefined),
  make: async () => {
    await aptInstall(['redis-tools'], 'Put redis-server, redis-cli, redis-benchmark and the two checkers on the PATH.');
    return `${await findServer()} installed`;
  },
};

/** Path of the machine's own server, or of the link that `npm test` makes; undefined without either. */
export function findNativeServer(): string | undefined {
  return onPath('redis-server') ?? (existsSync(LINK) ? LINK : undefined);
}

/** The same, or an error that says what to do. */
export function nativeServer(): string {
  const server = findNativeServer();
  if (server) return server;
  throw new SetupError(
    'there is no native redis-server. On Debian: apt-get install redis-tools, and npm test makes one of it.',
  );
}

/** The machine's own server, or else the link. Resolves with what it calls itself. */
async function findServer(): Promise<string> {
  await rm(LINK, { force: true });
  const own = onPath('redis-server');
  if (!own) {
    const checker = onPath('redis-check-rdb');
    if (!checker) throw new SetupError('redis-tools is installed, but redis-check-rdb is not on the PATH.');
    await symlink(checker, LINK);
  }
  const text = await run(own ?? LINK, ['--version']);
  return `redis-server ${/v=(\S+)/.exec(text)?.[1] ?? text.trim()}`;
}
