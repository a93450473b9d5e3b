import { readFileSync } from 'node:fs';

/** A test that cannot apply to this engine, and why. */
export interface Exception {
  unit: string;
  /** The test's whole name; `*` for all of the unit. */
  test: string;
  reason: string;
}

const FILE = new URL('./exceptions.txt', import.meta.url);

/** The list that is checked in. */
export function exceptions(): Exception[] {
  return readExceptions(readFileSync(FILE, 'utf8'));
}

/**
 * Reads lines of the form `unit | test | reason`; `#` begins a remark. Throws, with the line, if one has another form or
 * gives no reason.
 */
export function readExceptions(text: string): Exception[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [unit, test, reason, ...rest] = line.split(' | ');
      if (!unit || !test || !reason || rest.length > 0)
        throw new Error(`exceptions.txt: expected "unit | test | reason", found "${line}"`);
      return { unit, test, reason };
    });
}
