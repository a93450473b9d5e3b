import { BROKEN_OFF, type TestResult } from './suite-output.ts';

const UNIT = /^Testing unit: (\S+)\.tcl$/;
const TEST = /^\d\d:\d\d:\d\d> (.*)$/;
const CAUGHT = /^FAILED: caught an error in the test ?/;
const END = /^(GOOD! No errors|WARNING \d+ test\(s\) failed)/;

/**
 * Reads what upstream's runner for many instances printed, `runtest-sentinel` or `runtest-cluster`, without colours. Its form is
 * another than that of `runtest`: what a test prints stands between its name and its `OK`.
 *
 * @param kind goes before the names of the units: `cluster/03-failover-loop`
 */
export function readInstancesOutput(kind: string, output: string): TestResult[] {
  const results: TestResult[] = [];
  let unit = kind;
  let open: { name: string; text: string } | undefined;
  let finished = false;
  const close = (error?: string): void => {
    if (!open && error === undefined) return;
    const { name, text } = open ?? { name: BROKEN_OFF, text: '' };
    open = undefined;
    const failure = error ?? /FAILED: (.*)/.exec(text)?.[1] ?? (/\bOK$/.test(text.trimEnd()) ? undefined : 'no OK');
    if (failure === undefined) results.push({ unit, name, outcome: 'passed' });
    else results.push({ unit, name, outcome: 'failed', message: failure.slice(0, 300) });
  };
  for (const line of output.split('\n')) {
    const nextUnit = UNIT.exec(line)?.[1];
    const test = TEST.exec(line)?.[1];
    if (nextUnit !== undefined) {
      close();
      unit = `${kind}/${nextUnit}`;
    } else if (test !== undefined) {
      close();
      open = nameAndText(test);
    } else if (CAUGHT.test(line)) close(line.replace(CAUGHT, ''));
    else if (END.test(line)) finished = true;
    // Whoever has said OK has no more to say: what follows is the runner's.
    else if (open && !/\bOK$/.test(open.text)) open.text += `\n${line}`;
  }
  close();
  if (!finished) results.push({ unit, name: BROKEN_OFF, outcome: 'failed', message: 'it was ended from outside' });
  return results;
}

/** A name may have a colon of its own: the last one counts, if only the outcome follows. */
function nameAndText(line: string): { name: string; text: string } {
  const [, name = line, text = ''] =
    /^(.*): (OK|FAILED: .*|)$/.exec(line) ?? /^(.*?): (.*)$/.exec(line) ?? ([] as string[]);
  return { name, text };
}
