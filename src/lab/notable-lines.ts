import type { EventGroup, NodeEvent } from './node-event.ts';

/** An event of a Sentinel: `subject` is the address that it is about, `rest` all that follows its name. */
interface SentinelEvent {
  group: EventGroup;
  say(subject: string, rest: string): string;
}

const event = (group: EventGroup, say: SentinelEvent['say']): SentinelEvent => ({ group, say });

/** `+switch-master mymaster 10.0.0.1 6379 10.0.0.3 6379`. */
function switched(_subject: string, rest: string): string {
  const [name, oldHost, oldPort, host, port] = rest.split(' ');
  return `the primary of ${name} is now ${host}:${port}, no longer ${oldHost}:${oldPort}`;
}

/** What Sentinels log, by the names of their events. */
export const SENTINEL_EVENTS: Readonly<Record<string, SentinelEvent>> = {
  '+sdown': event('failure', (subject) => `${subject} does not answer it: subjectively down`),
  '-sdown': event('recovery', (subject) => `${subject} answers it again`),
  '+odown': event(
    'failure',
    (subject, rest) => `${subject} is down for ${rest.split('#quorum ')[1] ?? 'enough'} Sentinels: objectively down`,
  ),
  '-odown': event('recovery', (subject) => `${subject} is no longer objectively down`),
  '+tilt': event('failure', () => 'its clock has jumped: it only watches for a while (tilt)'),
  '-tilt': event('recovery', () => 'acts again (tilt is over)'),
  '+reboot': event('process', (subject) => `${subject} has been restarted`),
  '+new-epoch': event('election', (_, rest) => `moves on to epoch ${rest}`),
  '+try-failover': event('election', (subject) => `wants to be elected to replace ${subject}`),
  '+elected-leader': event('election', (subject) => `is elected to replace ${subject}`),
  '-failover-abort-not-elected': event('election', (subject) => `was not elected to replace ${subject}`),
  '-failover-abort-no-good-slave': event('failover', (subject) => `finds no replica that could replace ${subject}`),
  '-failover-abort-slave-timeout': event('failover', (subject) => `gives up: ${subject} was not promoted in time`),
  '+selected-slave': event('failover', (subject) => `chooses ${subject} as the new primary`),
  '+promoted-slave': event('failover', (subject) => `sees that ${subject} is a primary now`),
  '+slave-reconf-sent': event('failover', (subject) => `tells ${subject} to follow the new primary`),
  '+slave-reconf-done': event('failover', (subject) => `sees that ${subject} follows the new primary`),
  '+failover-end': event('failover', () => 'the failover is done'),
  '+failover-end-for-timeout': event('failover', () => 'ends the failover: not every replica has followed in time'),
  '+switch-master': event('failover', switched),
  '+config-update-from': event('failover', (subject) => `takes over the newer configuration of ${subject}`),
  '+convert-to-slave': event('failover', (subject) => `makes ${subject} a replica again`),
  '+fix-slave-config': event('failover', (subject) => `tells ${subject} to follow the right primary`),
  '+monitor': event('discovery', (subject) => `watches ${subject}`),
  '+slave': event('discovery', (subject) => `has found the replica ${subject}`),
  '+sentinel': event('discovery', (subject) => `has found the Sentinel ${subject}`),
  '-monitor': event('discovery', (subject) => `no longer watches ${subject}`),
};

/** A kind of line that a server logs. */
interface ServerEvent {
  pattern: RegExp;
  read(match: RegExpExecArray): Pick<NodeEvent, 'group' | 'label' | 'text' | 'vote'>;
}

const line = (pattern: RegExp, group: EventGroup, label: string, text: string): ServerEvent => ({
  pattern,
  // $1, $2: what the pattern has caught.
  read: (match) => ({ group, label, text: text.replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? '') }),
});

/** What servers log, by the first pattern that fits. Sentinels log the first of them too. */
export const SERVER_EVENTS: readonly ServerEvent[] = [
  line(/Redis is starting/, 'process', 'start', 'its process begins'),
  line(/^Ready to accept connections/, 'process', 'ready', 'accepts connections'),
  line(/^User requested shutdown/, 'process', 'shutdown', 'was told to shut down'),
  line(/^Received (SIG\w+|shutdown signal),? scheduling shutdown/, 'process', 'shutdown', 'shuts down because of $1'),
  line(/now ready to exit/, 'process', 'stop', 'has ended'),
  line(/=== REDIS BUG REPORT START/, 'process', 'crash', 'has crashed'),

  line(
    /^Marking node (\w+) as failing \(quorum reached\)/,
    'failure',
    'FAIL',
    'marks $1 as failed: enough primaries cannot reach it',
  ),
  line(/^FAIL message received from (\w+) about (\w+)/, 'failure', 'FAIL', 'hears from $1 that $2 has failed'),
  line(/^Clear FAIL state for node (\w+)/, 'recovery', 'FAIL cleared', '$1 is reachable again'),
  line(/^Cluster state changed: ok/, 'recovery', 'cluster ok', 'finds the cluster ok'),
  line(/^Cluster state changed: fail/, 'failure', 'cluster fail', 'finds the cluster down, and refuses commands'),

  line(/^Manual failover user request accepted/, 'election', 'manual', 'was told to take over'),
  line(
    /^Forced failover user request accepted/,
    'election',
    'manual',
    'was told to take over without asking its primary',
  ),
  line(/^Taking over the master \(user request\)/, 'failover', 'takeover', 'takes over without asking anybody'),
  line(
    /^Manual failover requested by replica (\w+)/,
    'election',
    'manual',
    'pauses its clients: $1 was told to take over',
  ),
  line(/^Manual failover timed out/, 'election', 'timed out', 'the manual failover took too long'),
  line(
    /^Start of election delayed for (\d+) milliseconds \(rank #(\d+)/,
    'election',
    'delay',
    'will ask for votes in $1 ms (rank $2)',
  ),
  line(/^Starting a failover election for epoch (\d+)/, 'election', 'election', 'asks for votes in epoch $1'),
  {
    pattern: /^Failover auth granted to (\w+) for epoch (\d+)/,
    read: ([, candidateId = '', epoch = '']) => ({
      group: 'election',
      label: 'vote',
      text: `votes for ${candidateId} in epoch ${epoch}`,
      vote: { candidateId, epoch: Number(epoch) },
    }),
  },
  line(/^Failover auth denied to (\w+)/, 'election', 'no vote', 'gives $1 no vote'),
  line(/^Failover attempt expired/, 'election', 'expired', 'was not elected in time'),
  line(/^Failover election won/, 'election', 'won', 'has won the election'),
  line(/^Currently unable to failover: (.*)/, 'election', 'unable', 'cannot take over: $1'),

  line(/^MASTER MODE enabled/, 'failover', 'primary', 'is a primary from now on'),
  line(/^REPLICAOF (\S+) enabled/, 'failover', 'replica', 'was told to replicate $1'),
  line(/Reconfiguring myself as a replica of (?:grandmaster )?(\w+)/, 'failover', 'replica', 'becomes a replica of $1'),
  line(
    /^configEpoch set to (\d+) after successful failover/,
    'failover',
    'primary',
    'is a primary from now on, with epoch $1',
  ),

  line(/^Full resync requested by replica (\S+)/, 'resync', 'full resync', '$1 asks for a full copy'),
  line(
    /^Partial resynchronization not accepted: ([^(]+?)(?: \(|$)/,
    'resync',
    'no partial',
    'cannot send only what is missing: $1',
  ),
  line(
    /^Unable to partial resync with replica (\S+) for lack of backlog/,
    'resync',
    'no partial',
    'cannot send $1 only what is missing: its backlog does not reach back that far',
  ),
  line(
    /^Partial resynchronization request from (\S+) accepted. Sending (\d+) bytes/,
    'resync',
    'partial resync',
    'sends $1 the $2 bytes that it missed',
  ),
  line(/^Synchronization with replica (\S+) succeeded/, 'resync', 'in sync', '$1 has everything'),
  line(/^Full resync from master/, 'resync', 'full resync', 'takes a full copy from its primary'),
  line(/^Successful partial resynchronization with master/, 'resync', 'partial resync', 'gets only what it has missed'),
  line(/^MASTER <-> REPLICA sync: Finished with success/, 'resync', 'in sync', 'has everything that its primary has'),
  line(/^Connection with master lost/, 'resync', 'link lost', 'has lost the connection to its primary'),
  line(
    /^Connection with replica(?: client id #\d+)? ?(\S*) lost/,
    'resync',
    'link lost',
    'has lost the connection to its replica $1',
  ),
  line(
    /^MASTER timeout: no data nor PING received/,
    'resync',
    'timeout',
    'has heard nothing from its primary for too long',
  ),
  line(
    /^Disconnecting timedout replica \(\w+ [^)]*\): (\S+)/,
    'resync',
    'timeout',
    'drops its replica $1, which was silent for too long',
  ),

  line(/^configEpoch updated after importing slot (\d+)/, 'slots', 'slot taken', 'now has slot $1'),
  line(
    /^I have keys for slot (\d+), but the slot is assigned to another node/,
    'slots',
    'slot import',
    'has keys of slot $1, which belongs to another node: it imports the slot',
  ),

  line(
    /^(Background saving error|Error writing to the AOF file.*|Write error (?:saving|writing) .*|Failed opening .*|.*No space left on device.*)/,
    'disk',
    'disk',
    '$1',
  ),
  line(
    /^Asynchronous AOF fsync is taking too long/,
    'disk',
    'slow disk',
    'its disk is slow: it writes without waiting for fsync',
  ),
];
