import type { PlannedLesson } from './curriculum.ts';
import type { Finding } from './finding.ts';
import type { Lesson } from './lesson.ts';

/** How many of each a lesson has at least. */
export const LEAST = { redis: 6, exercise: 1, question: 5 } as const;
const NAMES: Readonly<Record<keyof typeof LEAST, string>> = {
  redis: 'transcripts',
  exercise: 'exercise',
  question: 'questions',
};

/** Components that every lesson has. */
const COMPONENTS = [
  'Figure',
  'UnderTheHood',
  'Source',
  'Complexity',
  'BreakIt',
  'InProduction',
  'SelfCheck',
  'LogPrompt',
  'CommandList',
];
const FIELDS = ['title', 'description', 'takeaway', 'minutes', 'level', 'machine', 'objectives'];
/** Not every lesson is about commands: one on a setting has none to list. */
const LISTS = ['commands', 'complexity'];
const POINTS = ['How it fails.', 'What to watch.', 'What it costs.', 'Security.'];

/** What a complete lesson lacks, and where its frontmatter says something else than the curriculum. */
export function checkCompleteness(lesson: Lesson, planned: PlannedLesson | undefined): Finding[] {
  const messages: string[] = [];
  for (const [language, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const count = lesson.fences[language] ?? 0;
    if (count < least) messages.push(`expected at least ${least} ${NAMES[language]}, found ${count}`);
  }
  const used = new Set(lesson.components.map(({ name }) => name));
  const missing = COMPONENTS.filter((name) => !used.has(name));
  if (missing.length > 0) messages.push(`expected ${missing.map((name) => `<${name}>`).join(', ')}, found none`);
  const empty = [...FIELDS, ...LISTS].filter((name) => {
    const value = lesson.frontmatter[name];
    return value === undefined || value === '' || (FIELDS.includes(name) && Array.isArray(value) && value.length === 0);
  });
  if (empty.length > 0) messages.push(`expected ${empty.join(', ')} in the frontmatter, found none`);
  const production = lesson.components.find(({ name }) => name === 'InProduction');
  const left = POINTS.filter((point) => production && !production.text.includes(point));
  if (left.length > 0) messages.push(`expected "${left.join('", "')}" in <InProduction>, found none`);
  messages.push(...differences(lesson, planned));
  return messages.map((message) => ({ line: 1, message }));
}

function differences({ frontmatter, slug }: Lesson, planned: PlannedLesson | undefined): string[] {
  if (!planned) return [`expected the lesson \`${slug}\` in content/curriculum.json, found none`];
  return (['title', 'minutes', 'level'] as const)
    .filter((name) => frontmatter[name] !== undefined && frontmatter[name] !== planned[name])
    .map(
      (name) =>
        `expected ${name} \`${planned[name]}\`, as in content/curriculum.json, found \`${String(frontmatter[name])}\``,
    );
}
