import { existsSync, readFileSync } from 'node:fs';
import { checkCoverage, type Coverage, type Subject } from './coverage.ts';
import { readCurriculum } from './curriculum.ts';

/** Compares `content/coverage.json` with the lessons as they are. A draft is not written yet. */
export function readCoverage(): Coverage {
  const subjects = JSON.parse(readFileSync('content/coverage.json', 'utf8')) as Subject[];
  const planned = new Set(readCurriculum(readFileSync('content/curriculum.json', 'utf8')).keys());
  return checkCoverage(subjects, planned, (slug) => {
    const path = `content/docs/lessons/${slug}.mdx`;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text === '' || /^draft: true$/m.test(text.split(/^---$/m)[1] ?? '') ? undefined : text;
  });
}
