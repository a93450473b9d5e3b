import type { HostAddress } from './network.ts';

export type CaptureId = number;

/** What a capture takes note of. Both conditions have to be met; without any it is everything. */
export interface CaptureOptions {
  /** Each of these is the host of an end: two of them for a link. The machine's own is 10.0.0.254. */
  hosts?: readonly HostAddress[];
  /** One of the two ports is this. */
  port?: number;
}

/** One end of a connection. */
export interface SegmentEnd {
  host: HostAddress;
  /** As it is in the connection: that of the host, or a loopback's. */
  address: HostAddress;
  /** 0 if it never got one: the connection was refused. */
  port: number;
  /** A raw connection of `Machine.connect`, no process. */
  outside: boolean;
}

/**
 * What one end of a connection sends to the other, as it leaves there.
 *
 * `connect` is answered by `connected` or `refused`; `end` says that no more will be written, `reset` that the connection is
 * over. Only over links that are slow or have been cut, two are added, in the direction of what they are about: `arrived`, and
 * `lost` for what was on its way when the link was cut.
 */
export interface Segment {
  /** Milliseconds since the machine was made. What is sent again is reported when it arrives, with the time of its sending. */
  uptimeMs: number;
  kind: 'connect' | 'connected' | 'refused' | 'data' | 'end' | 'reset' | 'arrived' | 'lost';
  /** Counts connections in the order in which they are seen first. No number is given twice. */
  connection: number;
  from: SegmentEnd;
  to: SegmentEnd;
  /** Bytes in this direction before this, since the connection was seen first. */
  offset: number;
  byteCount: number;
  /** Of `data` only. */
  bytes: Uint8Array;
  /** Whether it takes time to arrive, or is lost, so that an `arrived` may follow. Else it is there at once. */
  delayed: boolean;
  /** The link was cut when it was sent: it is lost. */
  lost: boolean;
  /** It had been lost, and this time it gets there. */
  again: boolean;
}

export interface Captured {
  segments: readonly Segment[];
  /** All bytes of the segments, which are parts of it. */
  bytes: Uint8Array;
  /** Older segments that there was no room for. */
  dropped: number;
}
