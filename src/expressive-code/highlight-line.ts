import { highlightReply, type Span } from '../transcript/highlight-reply.ts';
import type { TranscriptLine } from '../transcript/parse.ts';
import { splitWords, type Word } from '../transcript/words.ts';
import { lookUpCommand } from './command-table.ts';

const PROMPT = /^[^\s>$]*[>$]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The coloured pieces of a line of a transcript, in order and apart from each other. */
export function highlightLine(line: TranscriptLine): Span[] {
  if (line.kind === 'remark' || line.kind === 'wait' || line.kind === 'fault')
    return [{ start: 0, end: line.text.length, kind: 'remark' }];
  if (line.kind === 'reply') return highlightReply(line.text);
  if (line.kind === 'blank') return [];
  const end = PROMPT.exec(line.text)?.[0].length ?? 0;
  const words = splitWords(line.text).filter((word) => word.start >= end);
  const isShell = line.text.startsWith('$');
  return [{ start: 0, end, kind: 'prompt' }, ...(isShell ? highlightShell(words) : highlightCommand(words))];
}

function highlightCommand(words: readonly Word[]): Span[] {
  // `5 INCR counter` is redis-cli's way of saying it five times.
  const repeat = words.length > 1 && /^\d+$/.test(words[0]?.text ?? '') ? 1 : 0;
  const command = words.slice(repeat);
  const known = lookUpCommand(command.map((word) => word.text));
  const spans: Span[] = repeat === 1 && words[0] ? [{ ...ends(words[0]), kind: 'number' }] : [];
  command.forEach((word, index) => {
    if (index < (known?.nameWords ?? 1)) spans.push({ ...ends(word), kind: 'command' });
    else if (known?.keys.has(index)) spans.push({ ...ends(word), kind: 'key' });
    else if (known?.tokens.has(word.text.toUpperCase())) spans.push({ ...ends(word), kind: 'option' });
    else spans.push(...highlightValue(word));
  });
  return spans;
}

function highlightShell(words: readonly Word[]): Span[] {
  return words.flatMap((word, index): Span[] => {
    if (index === 0 || words[index - 1]?.text === '|') return [{ ...ends(word), kind: 'command' }];
    return word.text.startsWith('-') ? [{ ...ends(word), kind: 'option' }] : highlightValue(word);
  });
}

function highlightValue(word: Word): Span[] {
  if (/^["']/.test(word.text)) return [{ ...ends(word), kind: 'string' }];
  return NUMBER.test(word.text) ? [{ ...ends(word), kind: 'number' }] : [];
}

function ends({ start, end }: Word) {
  return { start, end };
}
