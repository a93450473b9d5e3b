import type { NodeView } from '../lab-view.ts';
import { addressOf } from '../node-address.ts';

/**
 * Servers outside of a cluster that belong together, by what the nodes say: one replicates the other, or lists it as its
 * replica; a Sentinel knows both under one name; or they have a history in common, as an old primary and the replica that
 * took its place. In the order of the nodes.
 */
export function familiesOf(heard: readonly NodeView[]): NodeView[][] {
  const servers = heard.filter(({ server }) => server && !server.cluster);
  // What two have in common makes them one family: an address, a history, a name that Sentinels watch.
  const marks = servers.map((node) => new Set(marksOf(node, heard)));
  const families: { members: NodeView[]; marks: Set<string> }[] = [];
  servers.forEach((node, at) => {
    const own = marks[at] ?? new Set();
    const related = families.filter((family) => [...own].some((mark) => family.marks.has(mark)));
    const [first, ...others] = related;
    if (!first) {
      families.push({ members: [node], marks: own });
      return;
    }
    for (const other of others) {
      first.members.push(...other.members);
      for (const mark of other.marks) first.marks.add(mark);
      families.splice(families.indexOf(other), 1);
    }
    first.members.push(node);
    for (const mark of own) first.marks.add(mark);
  });
  return families.map(({ members }) => servers.filter((node) => members.includes(node)));
}

function marksOf(node: NodeView, heard: readonly NodeView[]): string[] {
  const address = addressOf(node);
  const { server } = node;
  const watched = heard.flatMap(({ sentinel }) =>
    (sentinel?.primaries ?? []).flatMap(({ name, address: primary, replicas }) =>
      [primary, ...replicas.map((replica) => replica.address)].includes(address) ? [`watched ${name}`] : [],
    ),
  );
  const said = [
    address,
    server?.primary?.address,
    ...(server?.replicas ?? []).map((replica) => replica.address),
    server?.replicationId,
    server?.formerReplicationId,
  ];
  return [...watched, ...said.filter((mark) => mark !== undefined)];
}
