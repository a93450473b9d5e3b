import { fileURLToPath } from 'node:url';

/**
 * The stack is larger than Node's own megabyte, because C code that recurses, as deep as Redis lets it, takes its frames
 * from there: Lua's nested replies need about two. The system gives the main thread eight.
 */
const STACK = '--stack-size=4000';

/** Node's arguments for the launcher, as `npm run redis-server` has them. */
export const LAUNCHER: readonly string[] = [STACK, fileURLToPath(new URL('./redis-server.ts', import.meta.url))];

/** Node's arguments for any of the programs; its name and its arguments follow. */
export const PROGRAM_LAUNCHER: readonly string[] = [STACK, fileURLToPath(new URL('./program.ts', import.meta.url))];
