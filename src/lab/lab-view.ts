import type { FaultsInForce, HostAddress } from '../../wasm-redis/machine.ts';
import type { Reachability } from './ask.ts';
import type { NodeEvent } from './node-event.ts';

/** A server or Sentinel as others call it: `10.0.0.1:6379`. The machine's own host is 10.0.0.254. */
export type NodeAddress = string;

/** A slot range, ends included. */
export type SlotRange = readonly [first: number, last: number];

/**
 * What the nodes have said of themselves and of each other at a moment of the machine's time. Nothing in it is changed
 * later, so it can be kept. Nodes that contradict each other both stand in it.
 */
export interface LabView {
  /** Milliseconds since the epoch, and since the machine was made. */
  nowMs: number;
  uptimeMs: number;
  nodes: readonly NodeView[];
  /** What was made to go wrong on purpose. This alone is the machine's knowledge and no node's. */
  faults: FaultsInForce;
  /** Everything notable that the nodes' logs say, the oldest first; the oldest of very many are dropped. */
  events: readonly NodeEvent[];
  /** The last lines of each node's log, by the node's name. Missing for one that writes no log file. */
  logs: ReadonlyMap<string, readonly string[]>;
}

export interface NodeView {
  name: string;
  kind: 'server' | 'sentinel';
  host: HostAddress;
  port: number;
  /** Of the files that it writes; undefined while unknown. */
  folder?: string;
  /** How it dealt with the last question. */
  reachability: Reachability;
  /** It answers, but with an error that keeps everything else from being known: NOAUTH, LOADING, BUSY and so on. */
  complaint?: string;
  /** When it said what stands in `server` or `sentinel`, by the machine's clock. Older than the view if it is not reachable. */
  answeredMs?: number;
  server?: ServerView;
  sentinel?: SentinelView;
}

export interface ServerView {
  role: 'primary' | 'replica';
  runId: string;
  version: string;
  uptimeSeconds: number;
  replicationId: string;
  /** Of the history that its own has grown from: that of the primary which it followed before it became one. */
  formerReplicationId?: string;
  /** Bytes of the replication stream that it has written, or taken in. */
  offset: number;
  /** The node that it replicates, by its own word. */
  primary?: {
    address: NodeAddress;
    link: 'up' | 'down';
    /** ROLE's word: connect, connecting, sync, connected, handshake. */
    state: string;
    lastHeardSeconds: number;
    /** Since when the link is down. */
    downSeconds?: number;
  };
  /** The replicas that are connected to it, by its own word. */
  replicas: readonly { address: NodeAddress; state: string; offset: number; lagSeconds: number }[];
  memoryBytes: number;
  /** 0: no limit. */
  maxMemoryBytes: number;
  keys: number;
  cluster?: ClusterView;
}

/** The cluster as one of its nodes sees it. */
export interface ClusterView {
  id: string;
  state: 'ok' | 'fail';
  currentEpoch: number;
  configEpoch: number;
  members: readonly ClusterMember[];
}

export interface ClusterMember {
  id: string;
  address: NodeAddress;
  isMyself: boolean;
  role: 'primary' | 'replica' | 'unknown';
  /** `suspected` is PFAIL, `failed` is FAIL. */
  health: 'ok' | 'suspected' | 'failed' | 'handshake' | 'no address';
  primaryId?: string;
  configEpoch: number;
  link: 'connected' | 'disconnected';
  slots: readonly SlotRange[];
  migrating: readonly { slot: number; toId: string }[];
  importing: readonly { slot: number; fromId: string }[];
}

/** What a Sentinel knows. */
export interface SentinelView {
  id: string;
  primaries: readonly WatchedPrimary[];
}

export interface WatchedPrimary {
  /** The name under which it is watched. */
  name: string;
  address: NodeAddress;
  flags: readonly string[];
  quorum: number;
  configEpoch: number;
  replicas: readonly { address: NodeAddress; flags: readonly string[]; link: string }[];
  /** The other Sentinels. */
  sentinels: readonly { id: string; address: NodeAddress; flags: readonly string[] }[];
}
