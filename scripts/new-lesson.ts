/** Writes the file of a lesson that stands in the curriculum, with everything in its place, as a draft. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { lessonTemplate } from './lessons/template.ts';
import { readCurriculum } from './prose/curriculum.ts';

const slug = process.argv[2];
const lesson = readCurriculum(readFileSync('content/curriculum.json', 'utf8')).get(slug ?? '');
const path = `content/docs/lessons/${slug ?? ''}.mdx`;
if (!lesson) {
  console.error(
    `usage: npm run lesson:new -- <slug>, where the slug stands in content/curriculum.json; found ${slug ?? 'none'}`,
  );
  process.exitCode = 1;
} else if (existsSync(path)) {
  console.error(`expected no ${path}, but it is there already`);
  process.exitCode = 1;
} else {
  writeFileSync(path, lessonTemplate(lesson));
  console.log(`${path} written. Next: npm run dev, and http://localhost:4321/lessons/${lesson.slug}/`);
}
