import { createFileTarget } from './files.ts';
import { createRespTarget, createRestoreTarget } from './servers.ts';
import { createSyscallTarget } from './syscalls.ts';
import { type Target } from './target.ts';

/** What can be fuzzed, by its name on the command line. */
export const TARGETS: Readonly<Record<string, () => Target | Promise<Target>>> = {
  resp: createRespTarget,
  restore: createRestoreTarget,
  rdb: () => createFileTarget('rdb'),
  aof: () => createFileTarget('aof'),
  syscalls: createSyscallTarget,
};
