import { readFileSync } from 'node:fs';
import { checkProse } from './check-prose.ts';
import type { Finding } from './finding.ts';
import { readSurroundings } from './surroundings.ts';

const LESSON = /(?:^|\/)content\/docs\/lessons\/[^/]+\.mdx$/;

/** What was read; a lesson counts as one test, a draft and a page that is no lesson as none. */
export interface ProseReport {
  passed: number;
  failed: number;
  /** One for each finding, with its place. */
  messages: readonly string[];
}

/** Checks the prose of those pages that are lessons. */
export async function readProse(paths: readonly string[]): Promise<ProseReport> {
  const lessons = paths.filter((path) => LESSON.test(path));
  if (lessons.length === 0) return { passed: 0, failed: 0, messages: [] };
  const around = readSurroundings();
  const checked: { path: string; findings: Finding[] }[] = [];
  for (const path of lessons)
    checked.push({ path, findings: await checkProse(path, readFileSync(path, 'utf8'), around) });
  const failed = checked.filter(({ findings }) => findings.length > 0).length;
  return {
    passed: lessons.length - failed,
    failed,
    messages: checked.flatMap(({ path, findings }) =>
      findings.map(({ line, message }) => `${path}:${line} ${message}`),
    ),
  };
}
