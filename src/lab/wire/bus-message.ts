import { countSlots, slotWords } from '../slot-words.ts';
import type { SlotRange } from '../lab-view.ts';
import { quoted } from './resp-words.ts';

/** Where the fields of `clusterMsg` are, as upstream's src/cluster.h asserts. Numbers are big endian. */
const AT = {
  version: 8,
  port: 10,
  type: 12,
  count: 14,
  currentEpoch: 16,
  configEpoch: 24,
  offset: 32,
  sender: 40,
  slots: 80,
  replicaOf: 2128,
  ip: 2168,
  busPort: 2248,
  flags: 2250,
  state: 2252,
  messageFlags: 2253,
} as const;
const HEADER_BYTES = 2256;
const NAME_BYTES = 40;
const SLOT_BYTES = 16384 / 8;
const IP_BYTES = 46;

/** Within an entry of gossip. */
const GOSSIP = { ip: 48, port: 94, busPort: 96, flags: 98, size: 104 } as const;

const TYPES = [
  'PING',
  'PONG',
  'MEET',
  'FAIL',
  'PUBLISH',
  'FAILOVER_AUTH_REQUEST',
  'FAILOVER_AUTH_ACK',
  'UPDATE',
  'MFSTART',
  'MODULE',
  'PUBLISHSHARD',
];
/** By bit, the lowest first. */
const NODE_FLAGS = [
  'master',
  'slave',
  'pfail',
  'fail',
  'myself',
  'handshake',
  'noaddr',
  'meet',
  'migrate-to',
  'nofailover',
];
const MESSAGE_FLAGS = ['paused', 'forceack', 'extensions'];

interface BusContent {
  summary: string;
  details: (readonly [name: string, value: string])[];
}

/**
 * What a message of the cluster bus says: its header, and what belongs to its type. Ids stay as they are; whoever shows them
 * may name them.
 *
 * @param bytes as much of it as is kept
 * @param byteCount its whole length
 */
export function readBusMessage(bytes: Uint8Array, byteCount: number): BusContent {
  if (bytes.length < HEADER_BYTES)
    return { summary: `a message of ${byteCount} bytes, shorter than a header`, details: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const typeNumber = view.getUint16(AT.type);
  const type = TYPES[typeNumber] ?? `type ${typeNumber}`;
  const sender = name(bytes, AT.sender);
  const slots = slotsIn(bytes, AT.slots);
  const replicaOf = name(bytes, AT.replicaOf);
  const head: BusContent['details'] = [
    ['type', type],
    ['sender', sender],
    ['flags', flagWords(view.getUint16(AT.flags), NODE_FLAGS)],
    ['cluster state', bytes[AT.state] === 0 ? 'ok' : 'fail'],
    ['current epoch', String(view.getBigUint64(AT.currentEpoch))],
    ['config epoch', String(view.getBigUint64(AT.configEpoch))],
    ['replication offset', String(view.getBigUint64(AT.offset))],
    ['slots', `${slotWords(slots)} (${countSlots(slots)})`],
    ['replica of', replicaOf || 'none'],
    ['port, bus port', `${view.getUint16(AT.port)}, ${view.getUint16(AT.busPort)}`],
    ['address', text(bytes, AT.ip, IP_BYTES) || 'as seen by the other end'],
    ['message flags', flagWords(bytes[AT.messageFlags]!, MESSAGE_FLAGS)],
    ['protocol version', String(view.getUint16(AT.version))],
  ];
  const { words, details } = bodyOf(type, bytes, view);
  const epoch = `epoch ${view.getBigUint64(AT.currentEpoch)}`;
  return { summary: [type, words, epoch].filter((part) => part !== '').join(', '), details: [...head, ...details] };
}

function bodyOf(type: string, bytes: Uint8Array, view: DataView): { words: string; details: BusContent['details'] } {
  const count = view.getUint16(AT.count);
  switch (type) {
    case 'PING':
    case 'PONG':
    case 'MEET': {
      const entries = gossipIn(bytes, view, count);
      const about = entries.filter(([, said]) => /fail/.test(said));
      const words =
        about.length > 0 ? `saying ${about.map(([who, said]) => `${who} ${/p?fail/.exec(said)![0]}`).join(', ')}` : '';
      return { words, details: entries.map(([who, said]) => [`gossip on ${who}`, said] as const) };
    }
    case 'FAIL': {
      const about = name(bytes, HEADER_BYTES);
      return { words: `${about} has failed`, details: [['node that has failed', about]] };
    }
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return publication(bytes, view);
    case 'UPDATE': {
      const owner = name(bytes, HEADER_BYTES + 8);
      const slots = slotsIn(bytes, HEADER_BYTES + 8 + NAME_BYTES);
      const words = `${owner} has ${countSlots(slots)} slots`;
      const epoch = bytes.length >= HEADER_BYTES + 8 ? String(view.getBigUint64(HEADER_BYTES)) : 'unknown';
      return {
        words,
        details: [
          ['about', owner],
          ['its config epoch', epoch],
          ['its slots', slotWords(slots)],
        ],
      };
    }
    default:
      return { words: '', details: [] };
  }
}

function publication(bytes: Uint8Array, view: DataView): { words: string; details: BusContent['details'] } {
  if (bytes.length < HEADER_BYTES + 8) return { words: '', details: [] };
  const [channelBytes, messageBytes] = [view.getUint32(HEADER_BYTES), view.getUint32(HEADER_BYTES + 4)];
  const from = HEADER_BYTES + 8;
  const channel = quoted(bytes.subarray(from, from + channelBytes));
  const message = quoted(bytes.subarray(from + channelBytes, from + channelBytes + messageBytes));
  return {
    words: `on ${channel}`,
    details: [
      ['channel', channel],
      ['message', message],
    ],
  };
}

function gossipIn(bytes: Uint8Array, view: DataView, count: number): [id: string, said: string][] {
  const entries: [string, string][] = [];
  for (let index = 0; index < count; index++) {
    const at = HEADER_BYTES + index * GOSSIP.size;
    if (at + GOSSIP.size > bytes.length) break;
    const address = `${text(bytes, at + GOSSIP.ip, IP_BYTES)}:${view.getUint16(at + GOSSIP.port)}@${view.getUint16(at + GOSSIP.busPort)}`;
    entries.push([name(bytes, at), `${address} ${flagWords(view.getUint16(at + GOSSIP.flags), NODE_FLAGS)}`]);
  }
  return entries;
}

/** A node's id; empty if it is all zeros. */
function name(bytes: Uint8Array, at: number): string {
  return text(bytes, at, NAME_BYTES);
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const part = bytes.subarray(at, at + length);
  const end = part.indexOf(0);
  return quoted(end < 0 ? part : part.subarray(0, end)).slice(1, -1);
}

/** A bitmap, the lowest slot in the lowest bit of the first byte. */
function slotsIn(bytes: Uint8Array, at: number): SlotRange[] {
  const ranges: [number, number][] = [];
  for (let slot = 0; slot < SLOT_BYTES * 8; slot++) {
    if (((bytes[at + (slot >> 3)] ?? 0) & (1 << (slot & 7))) === 0) continue;
    const last = ranges.at(-1);
    if (last && last[1] === slot - 1) last[1] = slot;
    else ranges.push([slot, slot]);
  }
  return ranges;
}

function flagWords(bits: number, names: readonly string[]): string {
  return names.filter((_, bit) => bits & (1 << bit)).join(', ') || 'none';
}
