import { ERRNO } from '../build/abi.ts';

/** The negative errno of an error from Node, EIO if the machine has no such one. What is no system error is thrown again. */
export function errnoOf(error: unknown): number {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
  return -((ERRNO as Readonly<Record<string, number>>)[code] ?? ERRNO.EIO);
}
