import type { CaptureId, Machine } from '../../../wasm-redis/machine.ts';
import type { WireLog, WireRow } from './wire-log.ts';

/** So many segments are taken from the machine at once: to receive them takes a page some milliseconds. */
export const MOST_AT_ONCE = 1000;
/** As many times as it takes to empty the kernel's ring. What comes meanwhile waits for the next look. */
const MOST_PIECES = 17;
/** What one look reads, in the units of `WireLog.read`: about 550 commands or replies, more than anybody can look at. */
export const UNITS_OF_A_LOOK = 192 * 1024;
/** Who comes back to the panel waits for it: at 32 kB a frame, about a second and a half. */
const MOST_LOOKS = 16;

/** What a look needs of those around it. */
export interface CaptureReader {
  machine: Pick<Machine, 'captured'>;
  capture: CaptureId;
  log: WireLog;
  /** For how many looks the time would have been enough since the last one: many, if the panel was out of view. */
  looks: number;
  /** Whether somebody still wants it. */
  wanted: () => boolean;
  /** Lets the page do something else. */
  pause: () => Promise<void>;
  /** Gets the rows that are new, those of some milliseconds at a time. */
  onRows: (rows: readonly WireRow[]) => void;
}

/**
 * Takes everything that has been captured into a log, and reads the newest of it, both in parts between which the page can do
 * something else. A benchmark brings more than can be read: the log counts what is not. What passed while nobody looked, such
 * as what was typed into a terminal further up, is read as if it had been looked at.
 */
export async function readCapture({
  machine,
  capture,
  log,
  looks,
  wanted,
  pause,
  onRows,
}: CaptureReader): Promise<void> {
  for (let piece = 1; piece <= MOST_PIECES; piece++) {
    const captured = await machine.captured(capture, MOST_AT_ONCE);
    if (!wanted()) return;
    log.add(captured);
    if (captured.segments.length < MOST_AT_ONCE) break;
    await pause();
  }
  log.skipTail(UNITS_OF_A_LOOK * Math.max(1, Math.min(Math.round(looks), MOST_LOOKS)));
  while (wanted() && log.behind) {
    onRows(log.read());
    if (log.behind) await pause();
  }
}
