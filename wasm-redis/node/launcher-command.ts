import { fileURLToPath } from 'node:url';

/**
 * Node's arguments for the launcher, as `npm run redis-server` has them. The stack is larger than Node's own megabyte,
 * because C code that recurses, as deep as Redis lets it, takes its frames from there: Lua's nested replies need about
 * two. The system gives the main thread eight.
 */
export const LAUNCHER: readonly string[] = [
  '--stack-size=4000',
  fileURLToPath(new URL('./redis-server.ts', import.meta.url)),
];
