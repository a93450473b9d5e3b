/** What errors of Redis mean for someone who has pressed a button, and what to do about them. By their first word. */
const WORDS: Readonly<Record<string, string>> = {
  READONLY: 'This node is a replica and takes no writes. Choose its primary.',
  NOPERM: 'The user of this connection may not do that: its ACL rules forbid the command or the key.',
  NOAUTH: 'The server asks for a password. Sign in first.',
  WRONGPASS: 'The server knows no such user with this password, or the user is switched off.',
  OOM: 'The server has reached maxmemory and may not evict anything to make room. Delete something, or raise maxmemory.',
  LOADING: 'The server is loading its data from disk. Wait a moment.',
  BUSY: 'The server is busy with a script or a function, and answers nothing else until that ends or is killed.',
  WRONGTYPE: 'The key now holds another type: somebody has replaced it. Load it again.',
  MOVED: 'The slot of this key belongs to another node.',
  ASK: 'The slot of this key is being moved, and the key is no longer on this node.',
  TRYAGAIN: 'The slot is being moved and only some of the keys have arrived. Try again in a moment.',
  CROSSSLOT: 'In a cluster the keys of one command must be in the same slot: give both the same {hash tag}.',
  CLUSTERDOWN: 'The cluster does not serve this slot now: no primary for it, or this node sees too few others.',
  MASTERDOWN:
    'This replica has lost its primary and is set not to answer with data that may be old (replica-serve-stale-data no).',
  NOREPLICAS: 'Too few replicas are connected for a write (min-replicas-to-write).',
  MISCONF: 'The last snapshot failed, so the server takes no writes (stop-writes-on-bgsave-error).',
  BUSYKEY: 'A key of this name exists again, and was left as it is.',
  BUSYGROUP: 'The stream already has a group of this name.',
  NOGROUP: 'The stream, or this group of it, no longer exists.',
  NOPROTO: 'The server does not speak this version of the protocol.',
  EXECABORT: 'The server refused a command, and with it the whole transaction.',
};

/** An error reply in words, the server's own text after them. */
export function errorWords(text: string): string {
  const words = WORDS[text.split(' ', 1)[0] ?? ''];
  return words === undefined ? `The server refused: ${text}` : `${words} (${text})`;
}
