import type { NodeEvent } from '../node-event.ts';
import { clockWords } from './clock-words.ts';

/** One event in words: `+sdown: redis-1 does not answer it`. */
export function eventWords({ label, text }: NodeEvent, nameAll: (text: string) => string): string {
  return `${label}: ${nameAll(text)}`;
}

/**
 * Events as lines of text, for the learning log and for a file: time, node, what happened; columns stand under each other.
 * Empty for no events.
 */
export function timelineText(events: readonly NodeEvent[], nameAll: (text: string) => string): string {
  const widest = Math.max(0, ...events.map(({ node }) => node.length));
  return events
    .map((event) => `${clockWords(event.atMs)}  ${event.node.padEnd(widest)}  ${eventWords(event, nameAll)}`)
    .join('\n');
}
