import type { AllFacts, Facts } from '../progress/facts.ts';

/** The parts of an entry that a learner writes, in order. */
export const ENTRY_PARTS = ['question', 'hypothesis', 'happened', 'why'] as const;
export type EntryPart = (typeof ENTRY_PARTS)[number];

/** How each part is asked for. */
export const PART_LABELS: Readonly<Record<EntryPart, string>> = {
  question: 'Question',
  hypothesis: 'Hypothesis: what do you expect?',
  happened: 'What happened',
  why: 'Why',
};

/** An entry of the learning log. Parts that were not written are empty. */
export interface LogEntry extends Readonly<Record<EntryPart, string>> {
  id: string;
  /** Slug of the lesson it belongs to; empty if it belongs to none. */
  lesson: string;
  /** What was in the page's terminal, if the learner has attached it. */
  terminal: string;
  /** Milliseconds since 1970. */
  createdMs: number;
  changedMs: number;
}

/** The entries among all facts, newest first; without those that were deleted. */
export function entriesFrom(all: AllFacts): LogEntry[] {
  return [...all]
    .flatMap(([key, facts]) =>
      key.startsWith('log/') && facts['deleted']?.[0] !== true ? [entryFrom(key.slice('log/'.length), facts)] : [],
    )
    .sort((one, other) => other.createdMs - one.createdMs || one.id.localeCompare(other.id));
}

/** The entries that contain every word of the search, in any of their parts, whatever the case. */
export function searchEntries(
  entries: readonly LogEntry[],
  search: string,
  titleOf: (lesson: string) => string,
): LogEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const parts = ENTRY_PARTS.map((part) => entry[part]);
    const text = [titleOf(entry.lesson), ...parts, entry.terminal].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function entryFrom(id: string, facts: Facts): LogEntry {
  const text = (field: string): string => {
    const value = facts[field]?.[0];
    return typeof value === 'string' ? value : '';
  };
  const created = facts['created']?.[0];
  return {
    id,
    lesson: text('lesson'),
    question: text('question'),
    hypothesis: text('hypothesis'),
    happened: text('happened'),
    why: text('why'),
    terminal: text('terminal'),
    createdMs: typeof created === 'number' ? created : 0,
    changedMs: Math.max(...Object.values(facts).map(([, atMs]) => atMs), 0),
  };
}
