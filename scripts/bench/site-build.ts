import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Figure } from '../../wasm-redis/bench/figure.ts';
import { CACHE, PATH_WITH_PROGRAMS, ROOT } from '../build-engine/places.ts';

/** What one build took: by the clock, and of the processors' time, of which a busy computer needs little more. */
interface Build {
  ms: number;
  cpuMs: number;
}

/** The build's own process tells its processor time when it ends. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(`
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    console.error('cpu-us ' + (userCPUTime + systemCPUTime));
  });
`)}`;

/** The whole site; each lesson more. */
const BARS_MS = { site: 90_000, lesson: 60 } as const;
const DUMMIES = 150;
/** What the site is made from is in every other folder. */
const LEFT_OUT = new Set(['.git', '.cache', '.astro', 'node_modules', 'dist', 'shots', 'test-results']);
const LESSONS = 'content/docs/lessons';

/**
 * How long the site takes to build with nothing kept from before, and with 150 lessons more: copies of the real ones, in
 * turn, with slugs of their own. Everything happens in a copy of the repository, which is removed afterwards.
 * Rejects with the build's output if it fails.
 */
export async function measureSiteBuild(): Promise<Figure[]> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'site-build-'));
  try {
    await copyRepository(folder);
    const lessons = (await readdir(join(folder, LESSONS))).filter((file) => file.endsWith('.mdx')).sort();
    const site = await timeBuild(folder);
    await addDummies(folder, lessons, DUMMIES);
    const withDummies = await timeBuild(folder);
    const each = (whole: number, more: number): number => Math.max(0, more - whole) / DUMMIES;
    return [
      { name: `the whole site, ${lessons.length} lessons`, value: site.ms, limit: BARS_MS.site, unit: 'ms' },
      { name: `the same and ${DUMMIES} lessons more`, value: withDummies.ms, unit: 'ms' },
      { name: 'each lesson more', value: each(site.ms, withDummies.ms), limit: BARS_MS.lesson, unit: 'ms' },
      { name: 'the whole site, processor time of all threads', value: site.cpuMs, unit: 'ms' },
      { name: 'each lesson more, processor time', value: each(site.cpuMs, withDummies.cpuMs), unit: 'ms' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The dependencies are found in the folders around the copy; Astro finds none through links. */
async function copyRepository(folder: string): Promise<void> {
  for (const name of await readdir(ROOT)) {
    if (!LEFT_OUT.has(name)) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
}

/** Writes `count` copies of the lessons, in turn, and a part of the curriculum that has them. */
async function addDummies(folder: string, lessons: readonly string[], count: number): Promise<void> {
  const dummies = Array.from({ length: count }, (_, index) => ({
    slug: `dummy-${index + 1}`,
    of: lessons[index % lessons.length] ?? '',
  }));
  for (const { slug, of } of dummies) await cp(join(folder, LESSONS, of), join(folder, LESSONS, `${slug}.mdx`));
  const file = join(folder, 'content/curriculum.json');
  const parts = JSON.parse(await readFile(file, 'utf8')) as { number: number }[];
  const part = {
    id: 'dummies',
    number: Math.max(...parts.map(({ number }) => number)) + 1,
    title: 'Dummies',
    lessons: dummies.map(({ slug, of }) => ({ slug, title: basename(of, '.mdx'), minutes: 30, level: 'beginner' })),
  };
  await writeFile(file, JSON.stringify([...parts, part]));
}

/** Builds once without anything kept from a build before; `ms` is from start to end of the process. */
async function timeBuild(folder: string): Promise<Build> {
  for (const kept of ['.astro', '.cache', 'dist', 'node_modules'])
    await rm(join(folder, kept), { recursive: true, force: true });
  const began = performance.now();
  const output = await new Promise<string>((resolve, reject) => {
    const env = {
      ...process.env,
      PATH: PATH_WITH_PROGRAMS,
      ASTRO_TELEMETRY_DISABLED: '1',
      NODE_OPTIONS: `--import=${TELL_CPU}`,
    };
    const build = spawn('astro', ['build'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [build.stdout, build.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    build.on('error', reject);
    build.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`astro build failed:\n${output.split('\n').slice(-40).join('\n')}`)),
    );
  });
  const ms = performance.now() - began;
  // Astro's own process is the last to end and has used most.
  const told = [...output.matchAll(/^cpu-us (\d+)$/gm)].map(([, us]) => Number(us) / 1000);
  return { ms, cpuMs: Math.max(0, ...told) };
}
