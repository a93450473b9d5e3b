/**
 * Runs in the home page as an inline script, before anything is drawn: somebody who has begun finds the lesson to go on
 * with, and how much of each part is done. Written into the page as text, so it may use nothing from outside of itself.
 */
export function continueCourse(): void {
  interface Home {
    done?: string[];
    cards?: [dueMs: number, count: number][];
    route?: { title: string; groups: { lessons: string[] }[] };
  }
  const data = document.querySelector<HTMLElement>('[data-written]');
  const begin = document.querySelector<HTMLAnchorElement>('[data-continue]');
  if (!data || !begin) return;
  const written = JSON.parse(data.dataset['written'] ?? '{}') as Record<string, { title: string; href: string }>;
  const asBuilt = { href: begin.getAttribute('href') ?? '', text: begin.textContent };
  const arrange = (): void => {
    let home: Home = {};
    try {
      home = JSON.parse(localStorage.getItem('rm-glance') ?? '{}') as Home;
    } catch {
      // Storage is refused, or somebody has edited the text: the page is as it was built.
    }
    const { done = [], cards = [], route } = home;
    const order = route ? [...new Set(route.groups.flatMap(({ lessons }) => lessons))] : Object.keys(written);
    const next = order.find((slug) => written[slug] && !done.includes(slug));
    const lesson = next === undefined ? undefined : written[next];
    const begun = lesson && (done.length > 0 || route);
    begin.href = begun ? lesson.href : asBuilt.href;
    begin.textContent = begun ? `Continue: ${lesson.title}` : asBuilt.text;
    const said = document.querySelector('[data-home-standing]');
    if (said) {
      const some = order.filter((slug) => done.includes(slug)).length;
      said.textContent = begun ? `${route?.title ?? 'The course'}: ${some}/${order.length} complete.` : '';
    }
    const review = document.querySelector<HTMLAnchorElement>('[data-home-review]');
    if (review) {
      const due = cards.reduce((sum, [dueMs, count]) => (dueMs <= Date.now() ? sum + count : sum), 0);
      review.hidden = due === 0;
      review.textContent = due === 1 ? 'One card to review.' : `${due} cards to review.`;
    }
    for (const part of document.querySelectorAll<HTMLElement>('[data-home-part]')) {
      const lessons = part.dataset['homePart']?.split(' ') ?? [];
      const count = part.querySelector('.count');
      const some = lessons.filter((slug) => done.includes(slug)).length;
      if (count) count.textContent = `${some}/${lessons.length} complete`;
    }
  };
  arrange();
  addEventListener('rm-glance', arrange);
  addEventListener('storage', arrange);
}
