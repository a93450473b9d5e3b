import type { HostAddress } from '../../wasm-redis/machine.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import type { ClusterMember, ClusterView, SlotRange } from './lab-view.ts';
import { addressSaidBy } from './node-address.ts';
import { numberOf, readFields } from './read-fields.ts';

/**
 * The cluster as a node describes it by CLUSTER NODES and CLUSTER INFO. Undefined for a node without cluster mode, whose
 * replies are errors.
 */
export function readCluster(
  speaker: HostAddress,
  nodes: Plain | undefined,
  info: Plain | undefined,
): ClusterView | undefined {
  if (typeof nodes !== 'string') return undefined;
  const members = nodes
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readMember(speaker, line));
  const fields = readFields(info);
  const myself = members.find(({ isMyself }) => isMyself);
  return {
    id: myself?.id ?? '',
    state: fields.get('cluster_state') === 'ok' ? 'ok' : 'fail',
    currentEpoch: numberOf(fields.get('cluster_current_epoch')),
    configEpoch: numberOf(fields.get('cluster_my_epoch')),
    members,
  };
}

/** A line of CLUSTER NODES: id, address, flags, primary, ping, pong, epoch, link, slots. */
export function readMember(speaker: HostAddress, line: string): ClusterMember {
  const [id = '', at = '', flagList = '', primaryId = '-', , , epoch, link, ...slots] = line.split(' ');
  const flags = flagList.split(',');
  const [, host = '', port = ''] = /^(.*):(\d+)(?:@|$)/.exec(at) ?? [];
  const migrating: { slot: number; toId: string }[] = [];
  const importing: { slot: number; fromId: string }[] = [];
  const ranges: SlotRange[] = [];
  for (const word of slots) {
    const moving = /^\[(\d+)-([<>])-(\w+)\]$/.exec(word);
    if (moving) {
      const slot = Number(moving[1]);
      if (moving[2] === '>') migrating.push({ slot, toId: moving[3]! });
      else importing.push({ slot, fromId: moving[3]! });
    } else {
      const [first, last = first] = word.split('-');
      ranges.push([numberOf(first), numberOf(last)]);
    }
  }
  return {
    id,
    // A node knows its own address only when another has told it.
    address: addressSaidBy(speaker, host === '' ? speaker : host, port),
    isMyself: flags.includes('myself'),
    role: flags.includes('master') ? 'primary' : flags.includes('slave') ? 'replica' : 'unknown',
    health: healthOf(flags),
    ...(primaryId === '-' ? {} : { primaryId }),
    configEpoch: numberOf(epoch),
    link: link === 'connected' ? 'connected' : 'disconnected',
    slots: ranges,
    migrating,
    importing,
  };
}

function healthOf(flags: readonly string[]): ClusterMember['health'] {
  if (flags.includes('fail')) return 'failed';
  if (flags.includes('fail?')) return 'suspected';
  if (flags.includes('handshake')) return 'handshake';
  return flags.includes('noaddr') ? 'no address' : 'ok';
}
