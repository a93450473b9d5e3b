import { acceptReply } from '../../src/transcript/compare.ts';
import { escapeReplyLine, type TranscriptLine } from '../../src/transcript/parse.ts';
import type { PlayedPage } from './play-pages.ts';

/**
 * The source of a page with the replies that the machine gave. Lines with wildcards that still match stay as they are;
 * all outside of differing replies stays byte for byte. Steps that failed are left alone.
 */
export function rewriteReplies(source: string, { page, fences }: PlayedPage): string {
  const lines = source.split('\n');
  // From the end to the beginning: the line numbers of what is still to do stay right.
  for (const [index, fence] of [...page.fences.entries()].reverse()) {
    for (const { step, reply, outcome } of [...(fences[index] ?? [])].reverse()) {
      if (outcome !== 'differs' || !('reply' in step)) continue;
      const first = fence.firstLine - 1 + step.line + 1;
      const count = replyLineCount(fence.transcript.lines, step.line + 1);
      const accepted = acceptReply(step.reply, reply).map((line) =>
        `${fence.prefix}${escapeReplyLine(line)}`.trimEnd(),
      );
      lines.splice(first, count, ...accepted);
    }
  }
  return lines.join('\n');
}

/** How many lines from `from` on are the reply; blank ones behind it stay where they are. */
function replyLineCount(lines: readonly TranscriptLine[], from: number): number {
  let count = 0;
  for (let i = from; lines[i]?.kind === 'reply' || lines[i]?.kind === 'blank'; i++) {
    if (lines[i]?.kind === 'reply') count = i - from + 1;
  }
  return count;
}
