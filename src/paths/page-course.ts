import type { GlanceRoute } from '../progress/glance.ts';
import type { CourseData } from './course.ts';

/** The course that `CourseData.astro` has written into this page. Throws on a page without it. */
export function pageCourse(): CourseData {
  const text = document.getElementById('rm-course')?.textContent;
  if (text === undefined || text === null) throw new Error('expected a page with <CourseData />, found none');
  return JSON.parse(text) as CourseData;
}

/** A route as the sidebar draws it, by its id; undefined if the course has none of that name (any more). */
export function glanceRoute(course: CourseData, id: string, extras: boolean): GlanceRoute | undefined {
  const route = course.routes.find((each) => each.id === id);
  if (!route) return undefined;
  const groups = route.groups.filter(({ optional }) => extras || !optional);
  return { id, title: route.title, groups: groups.map(({ title, lessons }) => ({ title, lessons })) };
}
