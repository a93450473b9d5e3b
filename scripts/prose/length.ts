import type { Finding } from './finding.ts';
import type { Lesson } from './lesson.ts';

/** What takes a reader how long, in minutes. Words at the pace of a text with commands in it, not of a novel; a question's words count too. */
const MINUTES = { word: 1 / 200, redis: 0.5, exercise: 5, question: 0.5 } as const;
/** The estimate may be this part of what the frontmatter says: people differ, and so do examples. */
const LEAST = 0.4;
const MOST = 1.3;
/** A section with more words is a wall. */
const MOST_WORDS = 420;

/** Minutes that a lesson takes, by what is in it. */
export function estimateMinutes({ texts, fences }: Pick<Lesson, 'texts' | 'fences'>): number {
  const words = texts.reduce((sum, { text }) => sum + countWords(text), 0);
  const count = (language: 'redis' | 'exercise' | 'question') => (fences[language] ?? 0) * MINUTES[language];
  return words * MINUTES.word + count('redis') + count('exercise') + count('question');
}

/** The minutes of the frontmatter fit the text, and no section is a wall. */
export function checkLength(lesson: Lesson): Finding[] {
  const findings: Finding[] = [];
  const minutes = lesson.frontmatter['minutes'];
  const estimate = estimateMinutes(lesson);
  if (typeof minutes === 'number' && (estimate < minutes * LEAST || estimate > minutes * MOST))
    findings.push({
      line: 1,
      message: `expected ${Math.ceil(minutes * LEAST)} to ${Math.floor(minutes * MOST)} minutes of reading and trying for \`minutes: ${minutes}\`, estimated ${Math.round(estimate)}`,
    });
  const { headings, texts } = lesson;
  headings.forEach(({ line, text }, index) => {
    const end = headings[index + 1]?.line ?? Infinity;
    // What stands in a question or an exercise is no running text.
    const words = texts
      .filter((piece) => piece.line > line && piece.line < end && !lesson.dataLines.has(piece.line))
      .reduce((sum, piece) => sum + countWords(piece.text), 0);
    if (words > MOST_WORDS)
      findings.push({
        line,
        message: `section "${text}": expected at most ${MOST_WORDS} words between two headings, found ${words}`,
      });
  });
  return findings;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /\w/.test(word)).length;
}
