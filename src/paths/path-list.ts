import { GLANCE, readGlance } from '../progress/glance.ts';
import { glanceRoute, pageCourse } from './page-course.ts';

/** Beside each route of the list: how many of its lessons are done. */
function count(): void {
  const course = pageCourse();
  const { done, route: chosen } = readGlance();
  const ready = new Set(done);
  for (const line of document.querySelectorAll<HTMLElement>('[data-route-count]')) {
    const id = line.dataset['routeCount'] ?? '';
    const route = chosen?.id === id ? chosen : glanceRoute(course, id, false);
    const place = line.querySelector('.rm-route-count');
    if (!route || !place) continue;
    const lessons = [...new Set(route.groups.flatMap((group) => group.lessons))];
    const some = lessons.filter((slug) => ready.has(slug)).length;
    place.textContent = `, ${some}/${lessons.length} complete${chosen?.id === id ? ' · your path' : ''}`;
  }
}

count();
addEventListener(GLANCE, count);
addEventListener('storage', count);
