import { getCollection } from 'astro:content';
import { siteLink } from '../site/links.ts';
import { lessonsOfGroup, routesOf, type Route } from './route.ts';
import type { Lesson, Part, Path } from './schema.ts';

/** A lesson as pages show it: its page says title, minutes and level better than the plan does. */
export interface CourseLesson extends Lesson {
  /** Where its page is; undefined while it is planned. */
  href: string | undefined;
}

/** The whole course, as it is when the site is built. */
export interface Course {
  parts: readonly Part[];
  paths: readonly Path[];
  lessons: ReadonlyMap<string, CourseLesson>;
}

/** What the page's own scripts need of it, as JSON. */
export interface CourseData {
  lessons: Readonly<Record<string, { title: string; minutes: number; href?: string | undefined }>>;
  routes: readonly {
    id: string;
    title: string;
    groups: readonly { title: string; optional: boolean; lessons: readonly string[] }[];
  }[];
}

/** Reads the curriculum and the paths; a lesson is written if there is a page for it. */
export async function readCourse(): Promise<Course> {
  const [parts, paths, pages] = await Promise.all([
    getCollection('parts'),
    getCollection('paths'),
    getCollection('docs', ({ id, data }) => id.startsWith('lessons/') && !data.draft),
  ]);
  const written = new Map(pages.map(({ id, data }) => [id.slice('lessons/'.length), data]));
  const inOrder = parts.map(({ data }) => data).sort((one, other) => one.number - other.number);
  const lessons = inOrder
    .flatMap((part) => part.lessons)
    .map((lesson): CourseLesson => {
      const page = written.get(lesson.slug);
      return {
        slug: lesson.slug,
        title: page?.title ?? lesson.title,
        minutes: page?.minutes ?? lesson.minutes,
        level: page?.level ?? lesson.level,
        href: page ? siteLink(`lessons/${lesson.slug}/`) : undefined,
      };
    });
  return {
    parts: inOrder,
    paths: paths.map(({ id, data }) => ({ id, ...data })).sort((one, other) => one.order - other.order),
    lessons: new Map(lessons.map((lesson) => [lesson.slug, lesson])),
  };
}

/** A lesson by its slug. Throws if there is none: a path or a part names a lesson that the curriculum does not know. */
export function lessonOf(course: Course, slug: string): CourseLesson {
  const lesson = course.lessons.get(slug);
  if (!lesson) throw new Error(`content/curriculum.json knows no lesson ${slug}`);
  return lesson;
}

/** The minutes of lessons that are all of the course. */
export function minutesOf(course: Course, slugs: readonly string[]): number {
  return slugs.reduce((sum, slug) => sum + lessonOf(course, slug).minutes, 0);
}

/** All routes of all paths. */
export function allRoutes(course: Course): Route[] {
  return course.paths.flatMap(routesOf);
}

/** The course for scripts: short, because it is written into pages. */
export function courseData(course: Course): CourseData {
  return {
    lessons: Object.fromEntries(
      [...course.lessons.values()].map(({ slug, title, minutes, href }) => [slug, { title, minutes, href }]),
    ),
    routes: allRoutes(course).map(({ id, title, groups }) => ({
      id,
      title,
      groups: groups.map((group) => ({ title: group.title, optional: group.optional, lessons: lessonsOfGroup(group) })),
    })),
  };
}
