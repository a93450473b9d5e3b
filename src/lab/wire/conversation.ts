import type { Segment, SegmentEnd } from '../../../wasm-redis/machine.ts';
import { BusDecoder } from './bus-decoder.ts';
import type { Decoder, Message } from './message.ts';
import { ReplicationDecoder } from './replication-decoder.ts';
import { RespDecoder } from './resp-decoder.ts';

const SIGNATURE = 'RCmb';

interface Direction {
  decoder: Decoder | undefined;
  /** Of the next byte that has not been seen; undefined before the first. */
  offset: number | undefined;
}

/**
 * A connection as a conversation: the bytes of its two directions as messages. What protocol it is shows in its first
 * bytes; a connection that was there before the capture is taken up in the middle.
 */
export class Conversation {
  readonly #client: Direction = { decoder: undefined, offset: undefined };
  readonly #server: Direction = { decoder: undefined, offset: undefined };
  #clientPort: number | undefined;
  /** One of the two has said that it will send no more. */
  ended = false;

  /** The messages that a segment completes. Bytes that are sent again give none: they were seen when they were lost. */
  add(segment: Segment): Message[] {
    const { kind, from, to, offset, bytes } = segment;
    if (kind === 'connect') this.#clientPort = from.port;
    if (kind !== 'data') return [];
    const isClient = this.#isClient(from, to);
    const direction = isClient ? this.#client : this.#server;
    const messages: Message[] = [];
    // The first bytes that are seen are the beginning, whatever another capture has seen before.
    direction.offset ??= offset;
    if (offset > direction.offset) {
      messages.push(missing(direction.offset, offset - direction.offset));
      direction.decoder = direction.decoder && afterGap(direction.decoder, offset);
      direction.offset = offset;
    }
    const fresh = bytes.subarray(direction.offset - offset);
    if (fresh.length === 0) return messages;
    direction.decoder ??= startDecoder(fresh, isClient, direction.offset);
    direction.offset += fresh.length;
    messages.push(...direction.decoder.push(fresh));
    if (isClient) for (const message of messages) this.#follow(message);
    return messages;
  }

  /** Whether an end is the one that asked for the connection; if that was not seen, the one with the higher port. */
  #isClient(from: SegmentEnd, to: SegmentEnd): boolean {
    this.#clientPort ??= Math.max(from.port, to.port);
    return from.port === this.#clientPort;
  }

  /** Some commands change what the server sends from then on. */
  #follow({ kind, summary }: Message): void {
    if (kind !== 'command' || this.#server.decoder instanceof ReplicationDecoder) return;
    const begins = /^psync /i.test(summary)
      ? 'replies'
      : /^sync$/i.test(summary)
        ? 'head'
        : // A link that was there before the capture.
          /^replconf ack /i.test(summary)
          ? 'commands'
          : undefined;
    if (begins) this.#server.decoder = new ReplicationDecoder(begins, this.#server.offset ?? 0);
  }
}

function startDecoder(bytes: Uint8Array, isClient: boolean, offset: number): Decoder {
  const first = String.fromCharCode(...bytes.subarray(0, SIGNATURE.length));
  if (first.length === SIGNATURE.length && first === SIGNATURE) return new BusDecoder(offset);
  return new RespDecoder(isClient ? 'client' : 'server', offset);
}

/** The protocol stays; what was begun before the gap does not. Replies and commands tell themselves what they are. */
function afterGap(decoder: Decoder, offset: number): Decoder | undefined {
  if (decoder instanceof BusDecoder) return new BusDecoder(offset);
  return decoder instanceof ReplicationDecoder ? new ReplicationDecoder('commands', offset) : undefined;
}

function missing(offset: number, byteCount: number): Message {
  const summary = `${byteCount.toLocaleString('en')} bytes passed unread`;
  return { kind: 'missing', summary, details: [], offset, byteCount, bytes: new Uint8Array(0) };
}
