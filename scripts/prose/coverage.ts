/** A subject that the course promises to teach, as `content/coverage.json` has it. */
export interface Subject {
  /** Where the promise comes from: a line of one of the five outlines behind the course, or the plan of a lesson. */
  id: string;
  /** Slugs of the lessons that claim it. */
  lessons: readonly string[];
  /** Commands, options and terms that at least one of them names. */
  shows?: readonly string[];
}

export interface Coverage {
  covered: number;
  /** Subjects that wait for a lesson that is not written yet, by id. */
  open: readonly string[];
  messages: readonly string[];
}

/**
 * Compares the subjects with the lessons that claim them. `textOf` gives the source of a lesson, undefined if it is not
 * written. What a lesson lacks that is written is a message; what may still come in another lesson is open.
 */
export function checkCoverage(
  subjects: readonly Subject[],
  planned: ReadonlySet<string>,
  textOf: (slug: string) => string | undefined,
): Coverage {
  const messages: string[] = [];
  const open: string[] = [];
  let covered = 0;
  for (const { id, lessons, shows = [] } of subjects) {
    const unknown = lessons.filter((slug) => !planned.has(slug));
    const texts = lessons.map(textOf);
    const written = texts.filter((text) => text !== undefined);
    const missing = shows.filter((term) => !written.some((text) => names(text, term)));
    if (unknown.length > 0 || lessons.length === 0)
      messages.push(`${id}: expected lessons of content/curriculum.json, found ${unknown.join(', ') || 'none'}`);
    else if (written.length > 0 && missing.length === 0) covered++;
    else if (written.length < texts.length) open.push(id);
    else messages.push(`${id}: expected ${missing.join(', ')} in ${lessons.join(' or ')}, found none`);
  }
  return { covered, open, messages };
}

/** Whether a text names a term as a word of its own; commands may be written in either case, as people type them. */
function names(text: string, term: string): boolean {
  const pattern = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  return new RegExp(`(?<![\\w-])${pattern}(?!\\w)`, 'i').test(text);
}
