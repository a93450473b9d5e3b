/** Commands that the generator never sends, each with the reason. Every other command of COMMAND is sent. */
export const UNCOVERED: Readonly<Record<string, string>> = {
  monitor: 'its lines contain times and ports; tests/observability.test.ts covers it',
  psync: 'turns the client into a replica; the replication tests cover it',
  sync: 'turns the client into a replica; the replication tests cover it',
  bgsave: 'a native child takes time to finish, ours does not; tests/fork.test.ts covers it',
  bgrewriteaof: 'a native child takes time to finish, ours does not; the round trips run it',
  'acl|load': 'needs an ACL file on both sides; tests/acl.test.ts covers it',
  'acl|save': 'needs an ACL file on both sides; tests/acl.test.ts covers it',
  'module|load': 'loads machine code',
  'module|loadex': 'loads machine code',
};

const NO_CLUSTER = 'cluster support is off in a standalone server';

/** Commands that cannot succeed on a single server, so that what is compared is how they refuse. */
export const ONLY_REFUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['addslots', 'addslotsrange', 'bumpepoch', 'count-failure-reports', 'countkeysinslot', 'delslots'],
      ...['delslotsrange', 'failover', 'flushslots', 'forget', 'getkeysinslot', 'help', 'info', 'keyslot', 'links'],
      ...['meet', 'myid', 'nodes', 'replicas', 'replicate', 'reset', 'saveconfig', 'set-config-epoch', 'setslot'],
      ...['shards', 'slaves', 'slots'],
    ].map((name) => [`cluster|${name}`, NO_CLUSTER]),
  ),
  asking: NO_CLUSTER,
  readonly: NO_CLUSTER,
  readwrite: NO_CLUSTER,
  failover: 'there is no replica',
  'function|kill': 'no function runs when it comes',
  'script|kill': 'no script runs when it comes',
  'config|rewrite': 'there is no configuration file',
  'latency|graph': 'no event is long enough',
  'object|freq': 'the policy is not LFU',
  migrate: 'nothing listens at its destination',
  'module|unload': 'no module is loaded',
  shutdown: 'the servers are still needed',
};
