import type { LabView } from '../lab-view.ts';
import type { NodeNames } from '../name-nodes.ts';

/**
 * What has been made to go wrong on purpose, a sentence each. This is the machine's knowledge: a node notices only what
 * comes of it.
 */
export function faultWords({ faults }: LabView, names: NodeNames): string[] {
  const name = (host: string): string => names.nameOf(host) ?? host;
  const cuts = new Set(faults.links.filter(({ cut }) => cut).map(({ from, to }) => `${from} ${to}`));
  const groups = splitGroups(cuts);
  const words: string[] = [];
  if (groups)
    words.push(`The network is split: ${groups.map((group) => group.map(name).sort().join(', ')).join(' | ')}.`);
  else {
    for (const link of cuts) {
      const [from = '', to = ''] = link.split(' ');
      const both = cuts.has(`${to} ${from}`);
      if (both && from < to) words.push(`The link between ${name(from)} and ${name(to)} is cut.`);
      if (!both) words.push(`The link from ${name(from)} to ${name(to)} is cut, in this direction only.`);
    }
  }
  for (const { from, to, latencyMs, jitterMs } of faults.links) {
    if (latencyMs === 0 && jitterMs === 0) continue;
    const jitter = jitterMs === 0 ? '' : ` to ${latencyMs + jitterMs}`;
    words.push(`The way from ${name(from)} to ${name(to)} takes ${latencyMs}${jitter} ms.`);
  }
  for (const { host, freeBytes, fsyncMs } of faults.disks) {
    if (freeBytes !== null) words.push(`The disk of ${name(host)} has room for ${freeBytes} bytes.`);
    if (fsyncMs > 0) words.push(`An fsync on ${name(host)} takes ${fsyncMs} ms.`);
  }
  return words;
}

/** The two or more groups between which every link is cut, if that is all that is cut; undefined otherwise. */
function splitGroups(cuts: ReadonlySet<string>): string[][] | undefined {
  const hosts = [...new Set([...cuts].flatMap((link) => link.split(' ')))];
  const groups: string[][] = [];
  for (const host of hosts) {
    const group = groups.find(([first = '']) => !cuts.has(`${first} ${host}`));
    if (group) group.push(host);
    else groups.push([host]);
  }
  if (hosts.length < 3) return undefined;
  const groupOf = (host: string): string[] | undefined => groups.find((group) => group.includes(host));
  const asSplit = hosts.every((from) =>
    hosts.every((to) => from === to || cuts.has(`${from} ${to}`) === (groupOf(from) !== groupOf(to))),
  );
  return asSplit ? groups : undefined;
}
