import { checkCompleteness } from './completeness.ts';
import type { PlannedLesson } from './curriculum.ts';
import type { Finding } from './finding.ts';
import { checkForbiddenWords } from './forbidden.ts';
import { checkLength } from './length.ts';
import { readLesson } from './lesson.ts';
import { checkCommands, checkSources, type UpstreamSource } from './names.ts';
import { checkSpelling, type Speller } from './spelling.ts';
import { checkFigures, checkHeadings, checkLinks } from './structure.ts';

/** What lessons are compared with. */
export interface Surroundings {
  curriculum: ReadonlyMap<string, PlannedLesson>;
  /** Names of the drawings, without `.svg`. */
  figures: ReadonlySet<string>;
  /** Whether the site has a page at this address: `/lessons/strings/`. */
  exists: (path: string) => boolean;
  /** Commands and subcommands, as `config|get`. */
  commands: ReadonlySet<string>;
  source: UpstreamSource;
  speller: Speller;
}

/** Everything that is wrong with a lesson's prose, by line. Of a draft nothing is: its time will come. */
export async function checkProse(path: string, source: string, around: Surroundings): Promise<Finding[]> {
  const lesson = readLesson(path, source);
  if (lesson.frontmatter['draft'] === true) return [];
  return [
    ...checkCompleteness(lesson, around.curriculum.get(lesson.slug)),
    ...checkHeadings(lesson),
    ...checkLinks(lesson, around.exists),
    ...checkFigures(lesson, around.figures),
    ...checkCommands(lesson, around.commands),
    ...checkSources(lesson, around.source),
    ...checkForbiddenWords(lesson.texts),
    ...(await checkSpelling(lesson.texts, around.speller)),
    ...checkLength(lesson),
  ].sort((one, other) => one.line - other.line);
}
