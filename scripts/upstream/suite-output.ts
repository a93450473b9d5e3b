/** How one of upstream's tests ended. `ignored`: upstream itself says that it does not apply to this kind of run. */
export type Outcome = 'passed' | 'failed' | 'ignored';

/** One test of upstream's suite. */
export interface TestResult {
  /** As `runtest --single` takes it: `unit/type/list`. */
  unit: string;
  /** Not unique: loops use a name again. */
  name: string;
  outcome: Outcome;
  /** What was expected and found, if it failed; why it was ignored. */
  message?: string;
}

/** What the end of a unit that was given up is called in the results. */
export const BROKEN_OFF = 'the unit runs to its end';

const RECORD = /^\[(ok|err|ignore|skip|exception|TIMEOUT|done|testing|ready|\d+\/\d+ done)\]: ?/;
const END = /^ +The End$/;

/**
 * Reads what `runtest` printed for one unit, without colours. A unit that an exception or the time limit ended has one more
 * failed test, `BROKEN_OFF`. Tests print too, so lines that are nobody's are passed over.
 */
export function readSuiteOutput(unit: string, output: string): TestResult[] {
  const results: TestResult[] = [];
  let finished = false;
  for (const { status, text } of records(output)) {
    if (status === 'ok') {
      results.push({ unit, name: /^(.*?) \(\d+ ms\)$/ms.exec(text)?.[1] ?? text.trim(), outcome: 'passed' });
    } else if (status === 'err') {
      const [first = '', ...rest] = text.trimEnd().split('\n');
      results.push({
        unit,
        name: first.replace(/ in tests\/\S+\.tcl$/, ''),
        outcome: 'failed',
        message: shorten(rest),
      });
    } else if (status === 'ignore') {
      const [, name, message] = /^(?:(.*): )?([^:\n]*)/.exec(text) ?? [];
      results.push({ unit, name: name ?? '(a group of tests)', outcome: 'ignored', message: message ?? '' });
    } else if (status === 'exception' || status === 'TIMEOUT') {
      results.push({ unit, name: BROKEN_OFF, outcome: 'failed', message: shorten(text.trimEnd().split('\n')) });
      return results;
    } else if (status.endsWith('done')) finished = true;
  }
  if (!finished) results.push({ unit, name: BROKEN_OFF, outcome: 'failed', message: 'it was ended from outside' });
  return results;
}

function records(output: string): { status: string; text: string }[] {
  const found: { status: string; text: string }[] = [];
  for (const line of output.split('\n')) {
    // Then come the failures, all over again.
    if (END.test(line)) break;
    const [prefix, status] = RECORD.exec(line) ?? [];
    if (prefix !== undefined && status !== undefined) found.push({ status, text: `${line.slice(prefix.length)}` });
    else if (found.length > 0) found.at(-1)!.text += `\n${line}`;
  }
  return found;
}

/** Enough of a message to know what happened; scripts put whole values into it. */
function shorten(lines: readonly string[]): string {
  return lines
    .slice(0, 6)
    .map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line))
    .join('\n');
}
