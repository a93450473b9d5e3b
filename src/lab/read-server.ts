import type { HostAddress } from '../../wasm-redis/machine.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import type { Command } from './ask.ts';
import type { ServerView } from './lab-view.ts';
import { addressSaidBy } from './node-address.ts';
import { readCluster } from './read-cluster.ts';
import { errorOf, numberOf, readFields, readPairs } from './read-fields.ts';

/** What a server is asked; the replies go to `readServer` in this order. */
export const SERVER_QUESTIONS: readonly Command[] = [
  ['ROLE'],
  ['INFO', 'server', 'memory', 'replication', 'keyspace'],
  ['CLUSTER', 'NODES'],
  ['CLUSTER', 'INFO'],
  ['CONFIG', 'GET', 'logfile', 'dir'],
];

/** A server's answers; or the error that stands in their way, in its own words. */
export type ServerAnswers = { server: ServerView; folder?: string; logFile?: string } | { complaint: string };

/**
 * Reads the replies to `SERVER_QUESTIONS`.
 *
 * @param speaker host of the server
 */
export function readServer(speaker: HostAddress, replies: readonly Plain[]): ServerAnswers {
  const [role, info, nodes, clusterInfo, config] = replies;
  const complaint = errorOf(info) ?? errorOf(role);
  if (complaint !== undefined) return { complaint };
  const fields = readFields(info);
  const cluster = readCluster(speaker, nodes, clusterInfo);
  const isReplica = fields.get('role') === 'slave';
  const server: ServerView = {
    role: isReplica ? 'replica' : 'primary',
    runId: fields.get('run_id') ?? '',
    version: fields.get('redis_version') ?? '',
    uptimeSeconds: numberOf(fields.get('uptime_in_seconds')),
    replicationId: fields.get('master_replid') ?? '',
    ...formerId(fields.get('master_replid2')),
    offset: numberOf(fields.get(isReplica ? 'slave_repl_offset' : 'master_repl_offset')),
    ...(isReplica ? { primary: readPrimary(speaker, fields, role) } : {}),
    replicas: readReplicas(speaker, fields),
    memoryBytes: numberOf(fields.get('used_memory')),
    maxMemoryBytes: numberOf(fields.get('maxmemory')),
    keys: countKeys(fields),
    ...(cluster ? { cluster } : {}),
  };
  return { server, ...readPlaces(config) };
}

/** Zeros stand for none. */
function formerId(id: string | undefined): Pick<ServerView, 'formerReplicationId'> {
  return id === undefined || /^0*$/.test(id) ? {} : { formerReplicationId: id };
}

function readPrimary(
  speaker: HostAddress,
  fields: ReadonlyMap<string, string>,
  role: Plain | undefined,
): NonNullable<ServerView['primary']> {
  const state = Array.isArray(role) ? (role as readonly Plain[])[3] : undefined;
  const downSeconds = fields.get('master_link_down_since_seconds');
  return {
    address: addressSaidBy(speaker, fields.get('master_host') ?? '', fields.get('master_port') ?? ''),
    link: fields.get('master_link_status') === 'up' ? 'up' : 'down',
    state: typeof state === 'string' ? state : '',
    lastHeardSeconds: numberOf(fields.get('master_last_io_seconds_ago')),
    // -1: it has never been up.
    ...(downSeconds === undefined || downSeconds === '-1' ? {} : { downSeconds: numberOf(downSeconds) }),
  };
}

function readReplicas(speaker: HostAddress, fields: ReadonlyMap<string, string>): ServerView['replicas'] {
  return [...fields].flatMap(([name, value]) => {
    if (!/^slave\d+$/.test(name)) return [];
    const said = new Map(value.split(',').map((pair) => pair.split('=') as [string, string]));
    return [
      {
        address: addressSaidBy(speaker, said.get('ip') ?? '', said.get('port') ?? ''),
        state: said.get('state') ?? '',
        offset: numberOf(said.get('offset')),
        lagSeconds: numberOf(said.get('lag')),
      },
    ];
  });
}

/** `db0:keys=4,expires=1,avg_ttl=0`, for each database that has any. */
function countKeys(fields: ReadonlyMap<string, string>): number {
  let keys = 0;
  for (const [name, value] of fields) if (/^db\d+$/.test(name)) keys += numberOf(/keys=(\d+)/.exec(value)?.[1]);
  return keys;
}

/** Where it writes; an empty `logfile` is standard output. */
function readPlaces(config: Plain | undefined): { folder?: string; logFile?: string } {
  const settings = readPairs(config);
  const folder = settings.get('dir');
  const logFile = settings.get('logfile');
  if (folder === undefined || logFile === undefined) return {};
  if (logFile === '') return { folder };
  return { folder, logFile: logFile.startsWith('/') ? logFile : `${folder}/${logFile}` };
}
