/** One message of a protocol, as it went over a connection in one direction. */
export interface Message {
  kind: MessageKind;
  /** In one line: the command, the reply, what a bus message is about. */
  summary: string;
  /** What there is to say besides: name and value. */
  details: readonly (readonly [name: string, value: string])[];
  /** From its first byte on, in the direction's stream. */
  offset: number;
  byteCount: number;
  /** The first 16 KiB of it. */
  bytes: Uint8Array;
}

export type MessageKind =
  | 'command'
  | 'reply'
  | 'error'
  | 'push'
  /** Of a replication link: the snapshot, and single line ends that keep it alive. */
  | 'snapshot'
  | 'keep-alive'
  | 'bus'
  /** Bytes that are none of these, and bytes that the capture has not got. */
  | 'broken'
  | 'missing';

/** How much of a message is kept to be looked at. */
export const KEPT_BYTES = 16 * 1024;

/** Turns the bytes of one direction into messages. Never throws: what it cannot read becomes a message `broken`. */
export interface Decoder {
  push(bytes: Uint8Array): Message[];
}
