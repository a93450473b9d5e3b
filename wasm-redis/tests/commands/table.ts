import { expect } from 'vitest';
import { type Plain } from '../../resp/plain.ts';

/** A command as typed, and the reply that Redis 7.0.15 gives after the commands before it. */
export type CommandRow = readonly [command: string, reply: unknown];
export type CommandTable = readonly CommandRow[];

/** For what depends on the time, the build or the seed. */
export const anything: unknown = expect.anything();

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const error = (message: string): Plain => ({ error: message });

/** The help text of a container command: its first line. */
export const help = (command: string): unknown =>
  expect.arrayContaining([`${command} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`]);

/** Items whose order is Redis's business. */
export const inAnyOrder = (...items: readonly unknown[]): unknown =>
  expect.toSatisfy(
    (found: unknown) =>
      Array.isArray(found) && found.length === items.length && items.every((item) => found.includes(item)),
    `is ${JSON.stringify(items)} in any order`,
  );

/** The words of a command line: separated by spaces, or in double quotes with \n and \" as redis-cli has them. */
export function words(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, bare]) =>
      bare ?? quoted!.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character)),
  );
}
