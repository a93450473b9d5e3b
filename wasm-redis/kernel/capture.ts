import type { Captured, CaptureOptions, Segment, SegmentEnd } from '../machine.ts';

/** What is kept of a capture that nobody takes from: 4 MiB of bytes, and 16,384 segments. */
export const CAPTURE_BYTES = 4 * 1024 * 1024;
export const CAPTURE_SEGMENTS = 16 * 1024;

/** The first of the list are dropped in one go when so many have been taken away from its beginning. */
const COMPACT_AFTER = 1024;

/**
 * The segments that a capture has noted and that have not been taken. When there is no more room the oldest give way, and
 * are counted. It is no part of the machine's state: what was seen was seen, whatever is put back.
 */
export class Capture {
  readonly #options: CaptureOptions;
  readonly #limitBytes: number;
  readonly #limitSegments: number;
  #segments: Segment[] = [];
  #first = 0;
  #byteCount = 0;
  #dropped = 0;

  constructor(options: CaptureOptions = {}, limitBytes = CAPTURE_BYTES, limitSegments = CAPTURE_SEGMENTS) {
    this.#options = options;
    this.#limitBytes = limitBytes;
    this.#limitSegments = limitSegments;
  }

  /** Whether the filter lets pass what is between these two, in either direction. */
  wants(from: SegmentEnd, to: SegmentEnd): boolean {
    const { hosts, port } = this.#options;
    if (port !== undefined && from.port !== port && to.port !== port) return false;
    return !hosts || hosts.every((host) => host === from.host || host === to.host);
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
    this.#byteCount += segment.bytes.length;
    while (this.#byteCount > this.#limitBytes || this.#segments.length - this.#first > this.#limitSegments) {
      this.#byteCount -= this.#segments[this.#first++]!.bytes.length;
      this.#dropped++;
    }
    if (this.#first < COMPACT_AFTER) return;
    this.#segments = this.#segments.slice(this.#first);
    this.#first = 0;
  }

  /** Everything since the last time, or the oldest `most` segments of it, their bytes in one buffer of their own. */
  take(most = Infinity): Captured {
    const end = Math.min(this.#segments.length, this.#first + most);
    const taken = this.#segments.slice(this.#first, end);
    const bytes = new Uint8Array(taken.reduce((sum, segment) => sum + segment.bytes.length, 0));
    let at = 0;
    const segments = taken.map((segment) => {
      const start = at;
      bytes.set(segment.bytes, start);
      at += segment.bytes.length;
      return { ...segment, bytes: bytes.subarray(start, at) };
    });
    const dropped = this.#dropped;
    this.#segments = this.#segments.slice(end);
    this.#first = 0;
    this.#byteCount -= bytes.length;
    this.#dropped = 0;
    return { segments, bytes, dropped };
  }

  clear(): void {
    this.#segments = [];
    this.#first = 0;
    this.#byteCount = 0;
    this.#dropped = 0;
  }
}
