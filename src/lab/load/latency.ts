import type { Plain } from '../../../wasm-redis/resp/plain.ts';
import { plainText } from './plain-text.ts';

/** A line of LATENCY LATEST. */
export interface LatencyEvent {
  event: string;
  /** Of the last spike, milliseconds since the epoch, to the second. */
  atMs: number;
  latestMs: number;
  maxMs: number;
}

/** A spike of LATENCY HISTORY. */
export interface LatencySpike {
  atMs: number;
  tookMs: number;
}

/** Reads the answer to LATENCY LATEST. */
export function readLatest(reply: Plain): LatencyEvent[] {
  return rows(reply).map(([event, seconds, latest, max]) => ({
    event: plainText(event),
    atMs: Number(seconds) * 1000,
    latestMs: Number(latest),
    maxMs: Number(max),
  }));
}

/** Reads the answer to LATENCY HISTORY, the oldest first as it comes. */
export function readHistory(reply: Plain): LatencySpike[] {
  return rows(reply).map(([seconds, took]) => ({ atMs: Number(seconds) * 1000, tookMs: Number(took) }));
}

function rows(reply: Plain): readonly (readonly Plain[])[] {
  if (!Array.isArray(reply)) return [];
  return (reply as readonly Plain[]).filter((row): row is readonly Plain[] => Array.isArray(row));
}
