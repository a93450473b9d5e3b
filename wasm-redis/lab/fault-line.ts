import { readDuration, writeDuration } from './duration.ts';
import type { LabFault } from './fault-schedule.ts';
import { OWN_HOST } from './presets.ts';
import type { LabNodeDescription, Topology } from './topology.ts';

/** A fault, and in how much of the machine's time. */
export interface FaultOrder {
  fault: LabFault;
  afterMs: number;
}

/** The forms of a line, and what each does. `a`, `b` are names of nodes. */
export const FAULT_FORMS: readonly { form: string; does: string }[] = [
  { form: 'kill a', does: 'ends the process at once (SIGKILL)' },
  { form: 'stop a', does: 'makes the process do nothing (SIGSTOP)' },
  { form: 'continue a', does: 'lets a stopped process go on (SIGCONT)' },
  { form: 'restart a', does: 'ends the process and starts it again with the same files' },
  { form: 'restart a empty', does: 'the same with an empty disk: only its configuration is left' },
  { form: 'cut a b', does: 'loses everything sent between the two' },
  { form: 'cut a -> b', does: 'loses everything sent in this direction' },
  { form: 'split a b | c d', does: 'cuts every link between the groups' },
  {
    form: 'latency a b 100ms ±20ms',
    does: 'delays what is sent, with jitter if given; a -> b in one direction',
  },
  { form: 'heal', does: 'undoes all cuts; latency stays' },
  { form: 'heal a b', does: 'undoes the cut of one link; a -> b in one direction' },
  { form: 'disk a full', does: 'a write finds no space' },
  { form: 'disk a 64kb', does: 'a write finds no space after that much' },
  { form: 'disk a ok', does: 'there is space again' },
  { form: 'fsync a 50ms', does: 'each fsync takes that long' },
  { form: 'cancel kill a', does: 'cancels one fault that is still to come' },
  { form: 'cancel', does: 'cancels everything that is still to come' },
];

/** The name of the machine's own host in a line: terminals and the shell run there. */
export const OWN_NAME = 'lab';

/** A line that orders no fault. */
export class FaultLineError extends Error {
  override readonly name = 'FaultLineError';
  readonly expected: string;
  readonly found: string;
  readonly hint: string;
  constructor(expected: string, found: string, hint: string) {
    super(`expected ${expected}, found \`${found}\`. ${hint}`);
    this.expected = expected;
    this.found = found;
    this.hint = hint;
  }
}

type Nodes = Pick<Topology, 'nodes'>;
const VERBS = [...new Set(FAULT_FORMS.map(({ form }) => form.split(' ')[0] ?? ''))];
/** What cannot be ordered for later, and what to do instead. */
const AT_ONCE: Readonly<Record<string, string>> = {
  restart: 'Let the time pass first: `# wait 3s`, or `sleep 3` in the shell.',
  cancel: 'Write it without the time, as in `cancel kill a`.',
};
const SIZE = /^(\d+)(b|kb|mb)$/;
const SIZE_BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 * 1024 };

/**
 * Reads what a person orders: one of `FAULT_FORMS`, at its end perhaps `after 3s`. Transcripts (`# fault: kill shop`), the
 * shell (`fault kill shop`) and the page's buttons share it. Throws a `FaultLineError` that says what to write instead.
 */
export function readFaultLine(text: string, { nodes }: Nodes): FaultOrder {
  const words = text.trim().split(/\s+/);
  const at = words.length - 2;
  const afterMs = words[at] === 'after' ? readDuration(words[at + 1] ?? '') : 0;
  if (afterMs === undefined) throw wrongForm(text, 'The end is `after` and a length of time: `kill a after 3s`.');
  const [verb = '', ...rest] = words[at] === 'after' ? words.slice(0, at) : words;
  const fault = readFault(verb, rest, { text, nodes });
  const atOnce = afterMs > 0 ? AT_ONCE[fault.type] : undefined;
  if (atOnce) throw new FaultLineError(`a ${verb} at once`, text, atOnce);
  return { fault, afterMs };
}

/** The line that orders it; `readFaultLine` reads it back. */
export function faultLine({ fault, afterMs }: FaultOrder, topology: Nodes): string {
  return [describe(fault, topology), ...(afterMs > 0 ? ['after', writeDuration(afterMs)] : [])].join(' ');
}

interface Line {
  text: string;
  nodes: readonly LabNodeDescription[];
}

function readFault(verb: string, rest: readonly string[], line: Line): LabFault {
  switch (verb) {
    case 'kill':
    case 'stop':
    case 'continue':
      return { type: verb, node: nodeOf(only(rest, 1, line)[0], line).name };
    case 'restart': {
      const [name, how] = rest;
      if (rest.length > 2 || (how !== undefined && how !== 'empty')) throw wrongForm(line.text, formsOf(verb));
      return { type: 'restart', node: nodeOf(name, line).name, ...(how ? { emptyDisk: true } : {}) };
    }
    case 'cut':
      return { type: 'cut', ...linkOf(rest, line) };
    case 'split':
      return { type: 'split', groups: groupsOf(rest, line) };
    case 'latency':
      return latencyOf(rest, line);
    case 'heal':
      return rest.length === 0 ? { type: 'heal' } : { type: 'heal', ...linkOf(rest, line) };
    case 'disk':
      return { type: 'disk', host: nodeOf(rest[0], line).host, freeBytes: bytesOf(only(rest, 2, line)[1] ?? '', line) };
    case 'fsync':
      return { type: 'disk', host: nodeOf(rest[0], line).host, fsyncMs: msOf(only(rest, 2, line)[1] ?? '', line) };
    case 'cancel':
      return rest.length === 0 ? { type: 'cancel' } : { type: 'cancel', fault: laterOf(rest, line) };
    default:
      throw new FaultLineError(`a fault: ${VERBS.join(', ')}`, line.text, 'As in `kill a` or `cut a b after 3s`.');
  }
}

function laterOf([verb = '', ...rest]: readonly string[], line: Line): LabFault {
  const fault = readFault(verb, rest, { ...line, text: [verb, ...rest].join(' ') });
  if (fault.type in AT_ONCE) throw new FaultLineError('a fault that may come later', line.text, formsOf('cancel'));
  return fault;
}

function only(words: readonly string[], count: number, { text }: Line): readonly string[] {
  if (words.length !== count) throw wrongForm(text, formsOf(text.trim().split(/\s+/)[0] ?? ''));
  return words;
}

function nodeOf(name: string | undefined, { text, nodes }: Line): LabNodeDescription {
  const found = nodes.find((node) => node.name === name);
  if (found) return found;
  const names = nodes.map((node) => node.name).join(', ');
  throw new FaultLineError(`the name of a node (${names})`, name ?? text, `In \`${text.trim()}\`.`);
}

/** Links end at nodes, or at the host of the terminals. */
function hostOf(name: string | undefined, line: Line): string {
  const isOwn = name === OWN_NAME && !line.nodes.some((node) => node.name === name);
  return isOwn ? OWN_HOST : nodeOf(name, line).host;
}

function linkOf(words: readonly string[], line: Line): { from: string; to: string; oneWay?: true } {
  const oneWay = words[1] === '->';
  const [first, second] = only(oneWay ? [words[0] ?? '', ...words.slice(2)] : words, 2, line);
  const [from, to] = [hostOf(first, line), hostOf(second, line)];
  if (from === to) {
    throw new FaultLineError('two nodes on different hosts', line.text, 'Connections within one host never fail.');
  }
  return { from, to, ...(oneWay ? { oneWay } : {}) };
}

function groupsOf(words: readonly string[], line: Line): string[][] {
  const groups: string[][] = [[]];
  for (const word of words) {
    if (word === '|') groups.push([]);
    else groups.at(-1)?.push(hostOf(word, line));
  }
  const hosts = groups.flat();
  if (groups.length < 2 || groups.some(({ length }) => length === 0)) throw wrongForm(line.text, formsOf('split'));
  if (new Set(hosts).size !== hosts.length) {
    throw new FaultLineError('each host in one group', line.text, 'A node cannot be on both sides.');
  }
  return groups;
}

function latencyOf(words: readonly string[], line: Line): LabFault {
  const jitter = /^(?:±|\+-)(.*)$/.exec(words.at(-1) ?? '')?.[1];
  const rest = jitter === undefined ? words : words.slice(0, -1);
  const latencyMs = msOf(rest.at(-1) ?? '', line);
  const jitterMs = jitter === undefined ? 0 : msOf(jitter, line);
  return { type: 'latency', ...linkOf(rest.slice(0, -1), line), latencyMs, jitterMs };
}

function msOf(text: string, line: Line): number {
  const ms = readDuration(text);
  if (ms === undefined)
    throw new FaultLineError('a length of time as in `100ms` or `2s`', text, `In \`${line.text.trim()}\`.`);
  return ms;
}

/** Null: as much as is wanted. */
function bytesOf(text: string, line: Line): number | null {
  if (text === 'ok') return null;
  if (text === 'full') return 0;
  const [, amount, unit = ''] = SIZE.exec(text) ?? [];
  const unitBytes = SIZE_BYTES[unit];
  if (amount === undefined || unitBytes === undefined) throw wrongForm(line.text, formsOf('disk'));
  return Number(amount) * unitBytes;
}

function formsOf(verb: string): string {
  const forms = FAULT_FORMS.filter(({ form }) => form.split(' ')[0] === verb).map(({ form }) => `\`${form}\``);
  return `Write ${forms.join(', ')}.`;
}

function wrongForm(text: string, hint: string): FaultLineError {
  return new FaultLineError('a fault in one of its forms', text.trim(), hint);
}

function describe(fault: LabFault, topology: Nodes): string {
  const { nodes } = topology;
  const nameOf = (host: string): string => nodes.find((node) => node.host === host)?.name ?? OWN_NAME;
  const link = ({ from, to, oneWay }: { from: string; to: string; oneWay?: boolean }): string =>
    [nameOf(from), ...(oneWay ? ['->'] : []), nameOf(to)].join(' ');
  switch (fault.type) {
    case 'kill':
    case 'stop':
    case 'continue':
      return `${fault.type} ${fault.node}`;
    case 'restart':
      return `restart ${fault.node}${fault.emptyDisk ? ' empty' : ''}`;
    case 'cut':
      return `cut ${link(fault)}`;
    case 'cancel':
      return fault.fault ? `cancel ${describe(fault.fault, topology)}` : 'cancel';
    case 'split':
      return `split ${fault.groups.map((group) => group.map(nameOf).join(' ')).join(' | ')}`;
    case 'latency': {
      const jitter = fault.jitterMs ? ` ±${writeDuration(fault.jitterMs)}` : '';
      return `latency ${link(fault)} ${writeDuration(fault.latencyMs)}${jitter}`;
    }
    case 'heal':
      return fault.from === undefined ? 'heal' : `heal ${link(fault)}`;
    case 'disk': {
      const node = nameOf(fault.host);
      if (fault.fsyncMs !== undefined) return `fsync ${node} ${writeDuration(fault.fsyncMs)}`;
      return `disk ${node} ${sizeText(fault.freeBytes ?? null)}`;
    }
  }
}

function sizeText(bytes: number | null): string {
  if (bytes === null) return 'ok';
  if (bytes === 0) return 'full';
  const unit = ['mb', 'kb'].find((name) => bytes % (SIZE_BYTES[name] ?? 1) === 0) ?? 'b';
  return `${bytes / (SIZE_BYTES[unit] ?? 1)}${unit}`;
}
