import type { Mark } from '../../../wasm-redis/lab/history.ts';

/** Wall time with tenths: `2026-01-01 00:00:12.3 UTC`. @param nowMs since the Unix epoch */
export function timeWords(nowMs: number): string {
  const iso = new Date(Math.floor(nowMs / 100) * 100).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 21)} UTC`;
}

/** A length of time: `12.3 s`, `2 min 5.3 s`, `1 h 2 min 5.3 s`. */
export function lengthWords(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600);
  const words = [`${seconds.toFixed(1).replace(/\.0$/, '')} s`];
  if (minutes > 0) words.unshift(`${String(minutes % 60)} min`);
  if (minutes >= 60) words.unshift(`${String(Math.floor(minutes / 60))} h`);
  return words.join(' ');
}

/** How fast time passes. */
export function rateWords(rate: number): string {
  if (rate === 0) return 'paused';
  return rate === 1 ? 'at real speed' : `at ${String(rate)} times real speed`;
}

/** `740 kB`, `9.1 MB`. */
export function sizeWords(bytes: number): string {
  return bytes < 1e6 ? `${String(Math.ceil(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What a save is of: its name, what was done after it, or that nobody asked for it. */
export function markWords({ label, reason }: Pick<Mark, 'label' | 'reason'>): string {
  if (label !== '') return label;
  return reason === undefined ? 'automatic' : `before ${reason}`;
}

/**
 * A number of seconds that somebody has written, in milliseconds. Undefined unless it is more than 0 and at most an hour:
 * a longer time of six busy nodes would take minutes to pass.
 */
export function readSeconds(text: string): number | undefined {
  if (!/^\s*\d+(?:[.,]\d+)?\s*$/.test(text)) return undefined;
  const ms = Number(text.replace(',', '.')) * 1000;
  return ms > 0 && ms <= 3_600_000 ? ms : undefined;
}
