import { ENTRY_PARTS, type LogEntry } from './entry.ts';

const HEADINGS = { question: 'Question', hypothesis: 'Hypothesis', happened: 'What happened', why: 'Why' } as const;

/** The log as Markdown, in the order given. `titleOf` gives the title of a lesson; days are those of UTC. */
export function logAsMarkdown(entries: readonly LogEntry[], titleOf: (lesson: string) => string): string {
  return `${['# Learning log', ...entries.map((entry) => entryAsMarkdown(entry, titleOf))].join('\n\n')}\n`;
}

function entryAsMarkdown(entry: LogEntry, titleOf: (lesson: string) => string): string {
  const day = new Date(entry.createdMs).toISOString().slice(0, 10);
  const title = entry.lesson === '' ? day : `${day}: ${titleOf(entry.lesson)}`;
  const parts = ENTRY_PARTS.flatMap((part) =>
    entry[part].trim() === '' ? [] : [`**${HEADINGS[part]}**\n\n${entry[part].trim()}`],
  );
  const terminal = entry.terminal.trim() === '' ? [] : [fenced(entry.terminal.trimEnd())];
  return [`## ${title}`, ...parts, ...terminal].join('\n\n');
}

/** A fence longer than any that stands in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
