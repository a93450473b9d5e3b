import type { Lab } from './lab.ts';
import type { LabNode } from './lab-node.ts';
import { SLOTS } from './topology.ts';

/** A node as CLUSTER NODES tells of it. */
interface Member {
  id: string;
  flags: readonly string[];
  primary: string;
  slots: readonly (readonly [number, number])[];
}

/**
 * What is not well in a cluster after its faults have been taken back, in words; undefined when all is: every node sees
 * every other and the state ok, every slot belongs to one primary and all agree whose, and every replica has all that
 * its primary has (DEBUG DIGEST).
 */
export async function missingInCluster(lab: Lab): Promise<string | undefined> {
  let agreed: string | undefined;
  for (const node of lab.nodes) {
    const info = await node.askFields('CLUSTER', 'INFO');
    if (info.get('cluster_state') !== 'ok') return `${node.name}: cluster_state:${info.get('cluster_state')}`;
    const members = await membersAt(node);
    if (members.length !== lab.nodes.length) return `${node.name} knows ${members.length} of ${lab.nodes.length} nodes`;
    const unwell = members.find(({ flags }) => flags.some((flag) => /fail|handshake|noaddr/.test(flag)));
    if (unwell) return `${node.name} says ${unwell.id}: ${unwell.flags.join(',')}`;
    const owners = ownersIn(members);
    if (typeof owners === 'string') return `${node.name}: ${owners}`;
    agreed ??= owners.join();
    if (owners.join() !== agreed) return `${node.name} sees other owners of slots`;
  }
  return missingReplicas(lab);
}

/** The owner of each slot by its id, or what is wrong. */
function ownersIn(members: readonly Member[]): string[] | string {
  const owners = new Array<string | undefined>(SLOTS).fill(undefined);
  for (const { id, slots } of members) {
    for (const [first, last] of slots) {
      for (let slot = first; slot <= last; slot++) {
        if (owners[slot] !== undefined) return `slot ${slot} has two owners`;
        owners[slot] = id;
      }
    }
  }
  const free = owners.indexOf(undefined);
  return free < 0 ? owners.map(String) : `slot ${free} has no owner`;
}

async function missingReplicas(lab: Lab): Promise<string | undefined> {
  const byId = new Map<unknown, LabNode>();
  for (const node of lab.nodes) byId.set(await node.ask('CLUSTER', 'MYID'), node);
  for (const node of lab.nodes) {
    const myself = (await membersAt(node)).find(({ flags }) => flags.includes('myself'));
    if (!myself?.flags.includes('slave')) continue;
    const primary = byId.get(myself.primary);
    if (!primary) return `${node.name} replicates ${myself.primary}, which does not exist`;
    const info = await node.askFields('INFO', 'replication');
    if (info.get('master_link_status') !== 'up') return `${node.name}: its link to ${primary.name} is not up`;
    const [own, its] = [await node.ask('DEBUG', 'DIGEST'), await primary.ask('DEBUG', 'DIGEST')];
    if (typeof own !== 'string' || own !== its) return `${node.name} does not have everything that ${primary.name} has`;
  }
  return undefined;
}

async function membersAt(node: LabNode): Promise<Member[]> {
  const text = await node.ask('CLUSTER', 'NODES');
  if (typeof text !== 'string') return [];
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', , flags = '', primary = '', , , , , ...slots] = line.split(' ');
      const ranges = slots
        .filter((range) => /^\d/.test(range))
        .map((range): [number, number] => {
          const [first, last = first] = range.split('-').map(Number);
          return [first!, last!];
        });
      return { id, flags: flags.split(','), primary, slots: ranges };
    });
}
