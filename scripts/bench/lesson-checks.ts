import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { ROOT } from '../build-engine/places.ts';

/** `lessons:check` of one lesson; of everything. */
const BARS_MS = { lesson: 2_000, all: 60_000 } as const;
const SHOWN = 10;

/**
 * How long an author waits for `lessons:check`: of all lessons together, and of each alone, one at a time, the slowest
 * ten first. Rejects with the command's output if a lesson fails, as its time would say nothing.
 */
export async function measureLessonChecks(): Promise<Figure[]> {
  const lessons = globSync('content/docs/lessons/*.mdx', { cwd: ROOT }).sort();
  const all = await timeCheck([]);
  const each: { name: string; value: number }[] = [];
  for (const lesson of lessons) each.push({ name: basename(lesson, '.mdx'), value: await timeCheck([lesson]) });
  each.sort((one, other) => other.value - one.value);
  return [
    { name: `all that is checked, ${lessons.length} lessons`, value: all, limit: BARS_MS.all, unit: 'ms' },
    {
      name: 'lessons that take longer',
      value: each.filter(({ value }) => value > BARS_MS.lesson).length,
      unit: 'count',
    },
    ...each.slice(0, SHOWN).map((time): Figure => ({ ...time, limit: BARS_MS.lesson, unit: 'ms' })),
  ];
}

/** Milliseconds from start to end of the process. */
async function timeCheck(lessons: readonly string[]): Promise<number> {
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const check = spawn(process.execPath, [join(ROOT, 'scripts/check-lessons.ts'), ...lessons], { cwd: ROOT });
    let output = '';
    for (const stream of [check.stdout, check.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    check.on('error', reject);
    check.on('close', (code) => (code === 0 ? resolve() : reject(new Error(output))));
  });
  return performance.now() - began;
}
