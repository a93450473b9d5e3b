import { isError, type Reply, render } from './reply.ts';
import { type Rule } from './rules.ts';

/** Between two looks at the clock, in milliseconds. A busy computer is slow, and a key has years. */
const CLOCK_TOLERANCE_MS = 20_000;

const equal = (a: Reply, b: Reply): boolean => render(a) === render(b);

/** The same text after what differs has been taken out. */
export const view =
  (seen: (text: string, args: readonly string[]) => string): Rule['same'] =>
  (native, ours, args) =>
    seen(render(native), args) === seen(render(ours), args);

/** Kinds and sizes, not contents. */
function shape({ head, items }: Reply): string {
  if (items) return `${head}[${items.map(shape).join(' ')}]`;
  return /^[:,]/.test(head) ? head.charAt(0) : head;
}
export const sameShape: Rule['same'] = (a, b) => shape(a) === shape(b);
export const sameKind: Rule['same'] = (a, b) => a.head.charAt(0) === b.head.charAt(0);

/** Items in any order; `width` of them belong together. */
export function sortedItems({ items = [] }: Reply, width: number): string[] {
  const groups: string[] = [];
  for (let at = 0; at < items.length; at += width) {
    groups.push(
      items
        .slice(at, at + width)
        .map(render)
        .join(' '),
    );
  }
  return groups.sort();
}
export const unordered =
  (width: 1 | 2 = 1): Rule['same'] =>
  (a, b) =>
    a.head === b.head && sortedItems(a, width).join('\n') === sortedItems(b, width).join('\n');
/** Everything inside in any order: nested maps of documentation. A status is a string: RESP2 and RESP3 mix them. */
function deeplySorted(reply: Reply): string {
  return reply.items ? `${reply.head}[${reply.items.map(deeplySorted).sort().join(' ')}]` : render(reply);
}
export const deeplyUnordered: Rule['same'] = (a, b) => deeplySorted(a) === deeplySorted(b);

export const near =
  (unitMs: number): Rule['same'] =>
  (a, b) => {
    const [native, ours] = [Number(a.head.slice(1)), Number(b.head.slice(1))];
    if (native < 0 || ours < 0) return native === ours;
    return Math.abs(native - ours) * unitMs <= CLOCK_TOLERANCE_MS;
  };

/** Numbers that are times: since the epoch in milliseconds, or how long something has been so. */
export const withoutTimes = (text: string): string =>
  text
    .replace(/:1[6-9]\d{11}\b/g, ':time')
    .replace(/(\$"(?:idle|inactive|seen-time|pel-count-time)" ):-?\d+/g, '$1:time')
    .replace(/\$"(?:1[6-9]\d{11})-(\d+)"/g, '$"time-$1"');

export const withoutClientFields = (text: string): string =>
  text
    .replace(/id=\d+ [^\n]*? name=control [^\n]*\n/, '')
    .replace(
      /\b(addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|multi-mem|rbs|rbp|obl|oll|omem|tot-mem|events)=[^ ]*/g,
      '$1',
    );

/** Rules of an ACL user that follow each other, each about one command: `+get -config|set`. */
export const withSortedRules = (text: string): string =>
  text.replace(/[+-][a-z][\w|-]*(?: [+-][a-z][\w|-]*)+/g, (rules) => rules.split(' ').sort().join(' '));

/** Cursor and elements of a scan. */
export const scan =
  (width: 1 | 2): Rule['same'] =>
  (a, b, args) => {
    const [nativeCursor, nativeItems] = a.items ?? [];
    const [oursCursor, oursItems] = b.items ?? [];
    if (!nativeItems || !oursItems || !nativeCursor || !oursCursor) return equal(a, b);
    const start = args[0]?.toUpperCase() === 'SCAN' ? args[1] : args[2];
    const whole = start === '0' && nativeCursor.text === '0' && oursCursor.text === '0';
    return whole ? unordered(width)(nativeItems, oursItems, args) : sameKind(nativeItems, oursItems, args);
  };

export const infoNames = (text: string): string =>
  text
    .split(/\\r\\n/)
    .map((line) => line.replace(/:.*/, ''))
    .filter((name) => !/^(allocator_|active_defrag|cmdstat_|errorstat_|latency_percentiles_|db\d)/.test(name))
    .join('\n');

/** What names the computer and the port is not the same, and Debian's server has TLS. */
const OWN_PARAMETERS = [
  'port',
  'bind',
  'dir',
  'pidfile',
  'logfile',
  'jemalloc-bg-thread',
  'maxclients',
  'bind-source-addr',
];
export function sameConfiguration(a: Reply, b: Reply): boolean {
  const own = (line: string): boolean =>
    line.startsWith('$"tls-') || OWN_PARAMETERS.some((name) => line.startsWith(`$"${name}" `));
  const seen = (reply: Reply): string =>
    sortedItems(reply, 2)
      .filter((line) => !own(line))
      .join('\n');
  return seen(a) === seen(b);
}

/** XPENDING with a range: id, consumer, idle milliseconds, deliveries. Streams of XINFO FULL have times beside them. */
export function pendingWithoutIdle(reply: Reply, args: readonly string[]): string {
  if (args[0]?.toUpperCase() !== 'XPENDING' || !reply.items) return render(reply);
  const items = reply.items.map((entry) =>
    entry.items?.length === 4 ? { ...entry, items: entry.items.with(2, { head: ':idle' }) } : entry,
  );
  return render({ ...reply, items });
}

export function debugObject(a: Reply, b: Reply, args: readonly string[]): boolean {
  if (args[0]?.toUpperCase() !== 'DEBUG' || args[1]?.toUpperCase() === 'DIGEST-VALUE') return false;
  const seen = (reply: Reply): string =>
    render(reply).replace(/at:\S+|lru:\d+|lru_seconds_idle:\d+|\+MALLCTL.*?(?=\+[A-Z])/g, '');
  return !isError(a) && seen(a) === seen(b);
}
