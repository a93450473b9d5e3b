import { readDuration } from '../../wasm-redis/lab/duration.ts';

/**
 * The transcript language: what is typed and what comes back, as a person would see it on a screen.
 *
 * The first characters of a line decide what it is, whatever stands around it (README.md has the table). A reply line
 * that would be read as something else is written with a backslash in front.
 */

/** What a prompt belongs to: `''` the unnamed redis-cli, `'alice'` a named one, `'$'` the shell. */
export type ScreenName = string;
export const SHELL: ScreenName = '$';

/** One thing that is done, and the lines that are printed after it. `line` counts from 0 within the fence. */
export type Step =
  | { kind: 'type'; screen: ScreenName; text: string; line: number; reply: readonly string[] }
  | { kind: 'interrupt'; screen: ScreenName; line: number; reply: readonly string[] }
  | { kind: 'look'; screen: ScreenName; line: number; reply: readonly string[] }
  | { kind: 'wait'; ms: number; line: number }
  /** A fault, as `wasm-redis/lab/fault-line.ts` reads it when the nodes are known. */
  | { kind: 'fault'; text: string; line: number };

/** A step on a screen: it may print. */
export type ScreenStep = Extract<Step, { screen: ScreenName }>;

/** What a line of the fence is; `text` is what a reader shall see, so without the escaping backslash. */
export interface TranscriptLine {
  kind: 'prompt' | 'reply' | 'remark' | 'wait' | 'fault' | 'blank';
  text: string;
}

/** A line that cannot be read. */
export interface TranscriptProblem {
  line: number;
  expected: string;
  found: string;
  hint: string;
}

export interface Transcript {
  steps: readonly Step[];
  lines: readonly TranscriptLine[];
  problems: readonly TranscriptProblem[];
}

const PROMPT = /^([a-z][a-z0-9-]*|)>(?: (.*))?$/;
const SHELL_PROMPT = /^\$(?: (.*))?$/;
/** Someone meant a prompt: `Alice> GET`, `>GET`, `127.0.0.1:6379> GET`, `$redis-cli`. `->` and `=>` begin replies. */
const ALMOST_PROMPT = /^(?:[^\s"'<>()=\\-][^\s"'<>()]*)?>|^\$[A-Za-z]/;
const WAIT = /^# wait\b(.*)$/;
const FAULT = /^# fault\b(.*)$/;
const FAULT_TEXT = /^: +(\S.*)$/;
const CTRL_C = '^C';

/**
 * Reads the content of a fence. Never throws: lines that cannot be read are listed in `problems`, and the steps are
 * then not worth playing. Trailing white space of a line is dropped, as are blank lines around a reply.
 */
export function parseTranscript(source: string): Transcript {
  const steps: Step[] = [];
  const lines: TranscriptLine[] = [];
  const problems: TranscriptProblem[] = [];
  /** Collects the reply of the last step; undefined where no reply may stand. */
  let reply: string[] | undefined;
  let lastRemark: string | undefined;

  source.split('\n').forEach((raw, line) => {
    const text = raw.trimEnd();
    const problem = (expected: string, hint: string) => problems.push({ line, expected, found: text, hint });
    const prompt = readPrompt(text);
    if (prompt) {
      reply = [];
      lastRemark = undefined;
      steps.push({ ...prompt, line, reply });
      lines.push({ kind: 'prompt', text });
    } else if (text === '') {
      reply?.push('');
      lines.push({ kind: 'blank', text });
    } else if (WAIT.test(text)) {
      reply = undefined;
      lastRemark = text;
      lines.push({ kind: 'wait', text });
      const ms = readWait(text);
      if (ms === undefined) problem('a length of time as in `# wait 10s`', 'The units are ms, s, m, h and d.');
      else steps.push({ kind: 'wait', ms, line });
    } else if (FAULT.test(text)) {
      reply = undefined;
      lastRemark = text;
      lines.push({ kind: 'fault', text });
      const fault = FAULT_TEXT.exec(FAULT.exec(text)?.[1] ?? '')?.[1];
      if (fault === undefined) problem('a fault as in `# fault: kill redis-1`', 'A colon and a space follow the word.');
      else steps.push({ kind: 'fault', text: fault, line });
    } else if (text.startsWith('#')) {
      reply = undefined;
      lastRemark = text;
      lines.push({ kind: 'remark', text });
    } else if (ALMOST_PROMPT.test(text)) {
      lines.push({ kind: 'reply', text });
      problem(
        'a prompt as in `> GET key`, `alice> GET key` or `$ redis-cli PING`',
        `A name is lower case, a space follows the prompt. If it is a line of a reply, write \`\\${text}\`.`,
      );
    } else {
      const printed = text.startsWith('\\') ? text.slice(1) : text;
      lines.push({ kind: 'reply', text: printed });
      if (reply) reply.push(printed);
      else if (lastRemark === undefined) problem('a command', 'Begin with what is typed, as in `> GET key`.');
      else
        problem(
          'a prompt after a remark, a wait or a fault',
          `A reply directly follows its command. If \`${lastRemark}\` is a line of the reply, write \`\\${lastRemark}\`; ` +
            'to show what has appeared since, write an empty prompt.',
        );
    }
  });
  return { steps: steps.map(withoutOuterBlankLines), lines, problems };
}

/** Writes a line of a reply so that it reads as one: the inverse of what `parseTranscript` does with the backslash. */
export function escapeReplyLine(text: string): string {
  const readsOtherwise = readPrompt(text) !== undefined || /^[#\\]/.test(text) || ALMOST_PROMPT.test(text);
  return readsOtherwise ? `\\${text}` : text;
}

/** The lines without blank ones at the beginning and at the end; also how replies of the machine are compared. */
export function trimBlankLines(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

type Prompt =
  | { kind: 'type'; screen: ScreenName; text: string }
  | { kind: 'interrupt'; screen: ScreenName }
  | { kind: 'look'; screen: ScreenName };

function readPrompt(text: string): Prompt | undefined {
  const client = PROMPT.exec(text);
  const shell = client ? null : SHELL_PROMPT.exec(text);
  if (!client && !shell) return undefined;
  const screen = client ? (client[1] ?? '') : SHELL;
  const typed = (client ? client[2] : shell?.[1])?.trim() ?? '';
  if (typed === '') return { kind: 'look', screen };
  if (typed === CTRL_C) return { kind: 'interrupt', screen };
  return { kind: 'type', screen, text: typed };
}

function readWait(text: string): number | undefined {
  const rest = WAIT.exec(text)?.[1] ?? '';
  return rest.startsWith(' ') ? readDuration(rest.slice(1)) : undefined;
}

function withoutOuterBlankLines(step: Step): Step {
  return 'reply' in step ? { ...step, reply: trimBlankLines(step.reply) } : step;
}
