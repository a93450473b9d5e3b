import { type Reply, render } from './reply.ts';

export const PATTERN_ORDER = {
  command: 'psubscribe',
  reason: 'A message that matches several patterns of one client arrives in the order of a hash table.',
};

/**
 * `PATTERN_ORDER`: what follows each other by the
 * same channel with the same text is put in the order of the patterns; everything else stays where it is.
 */
export function inOrderOfPatterns(replies: readonly Reply[]): readonly Reply[] {
  if (!replies.some((reply) => messageOf(reply) !== undefined)) return replies;
  const ordered: Reply[] = [];
  for (let at = 0; at < replies.length;) {
    const message = messageOf(replies[at]!);
    let end = at + 1;
    if (message !== undefined) while (end < replies.length && messageOf(replies[end]!) === message) end++;
    const together = replies.slice(at, end);
    ordered.push(...(together.length > 1 ? together.sort((a, b) => (render(a) < render(b) ? -1 : 1)) : together));
    at = end;
  }
  return ordered;
}

/** Channel and text of a message by a pattern: `pmessage`, pattern, channel, text. Undefined for everything else. */
function messageOf({ items }: Reply): string | undefined {
  if (items?.length !== 4 || items[0]!.text !== 'pmessage') return undefined;
  return `${render(items[2]!)} ${render(items[3]!)}`;
}
