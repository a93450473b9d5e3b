/**
 * Runs in the page as an inline script right after the sidebar, so before anything is drawn: marks lessons that are
 * done, counts them, and with a chosen route puts its groups in the place of the parts. What it knows is the copy in
 * localStorage that `src/progress/glance.ts` writes, and it runs again whenever that changes, here or in another tab.
 *
 * It is written into the page as text, so it may use nothing from outside of itself.
 */
export function arrangeSidebar(): void {
  interface Glance {
    done?: string[];
    route?: { title: string; groups: { title: string; lessons: string[] }[] };
  }
  const read = (): Glance => {
    try {
      return JSON.parse(localStorage.getItem('rm-glance') ?? '{}') as Glance;
    } catch {
      // Storage is refused, or somebody has edited the text: the course is shown in the order of its parts.
      return {};
    }
  };
  const span = (className: string, ...children: (Node | string)[]): HTMLElement => {
    const made = document.createElement('span');
    made.className = className;
    made.append(...children);
    return made;
  };
  const arrange = (): void => {
    const list = document.querySelector('#starlight__sidebar .top-level');
    const name = document.querySelector<HTMLElement>('.rm-path');
    if (!list || !name) return;
    const { done = [], route } = read();
    for (const made of list.querySelectorAll('.rm-route, .rm-count, .rm-tick')) made.remove();
    const links = new Map<string, HTMLElement>();
    for (const link of list.querySelectorAll<HTMLElement>('a[data-lesson]')) {
      const slug = link.dataset['lesson'] ?? '';
      links.set(slug, link);
      if (done.includes(slug)) link.append(span('rm-tick', span('sr-only', ', done')));
    }
    const parts = [...list.children].filter((part) => part.querySelector('a[data-lesson]'));
    const [pattern] = parts;
    let groups = parts;
    if (route && pattern) {
      const listed = new Set(route.groups.flatMap(({ lessons }) => lessons));
      const elsewhere = [...links].flatMap(([slug, link]) =>
        link.hasAttribute('aria-current') && !listed.has(slug) ? [slug] : [],
      );
      let current = false;
      groups = [{ title: 'Not on this path', lessons: elsewhere }, ...route.groups].flatMap(({ title, lessons }) => {
        const items = lessons.flatMap((slug) => links.get(slug)?.closest('li')?.cloneNode(true) ?? []) as HTMLElement[];
        const group = pattern.cloneNode(true) as HTMLElement;
        const details = group.querySelector('details');
        const label = group.querySelector('.large');
        if (items.length === 0 || !details || !label) return [];
        group.hidden = false;
        group.className = 'rm-route';
        group.querySelector('sl-sidebar-restore')?.remove();
        label.textContent = title;
        group.querySelector('ul')?.replaceChildren(...items);
        // A path may visit a lesson twice; one of the two is where the reader is.
        const here = group.querySelector('[aria-current]');
        details.open = here !== null && !current;
        if (current) here?.removeAttribute('aria-current');
        current ||= here !== null;
        return [group];
      });
      pattern.before(...groups);
    }
    for (const part of parts) (part as HTMLElement).hidden = groups !== parts;
    name.hidden = groups === parts;
    const title = name.querySelector('a');
    if (title && route) title.textContent = route.title;
    for (const group of groups) {
      const lessons = [...group.querySelectorAll<HTMLElement>('a[data-lesson]')];
      const ready = lessons.filter(({ dataset }) => done.includes(dataset['lesson'] ?? ''));
      const [some, all] = [String(ready.length), String(lessons.length)];
      const shown = span('', `${some}/${all}`);
      shown.ariaHidden = 'true';
      group.querySelector('.group-label')?.append(span('rm-count', shown, span('sr-only', `, ${some} of ${all} done`)));
    }
    if (groups === parts) return;
    const scroller = document.getElementById('starlight__sidebar');
    const here = groups.flatMap((group) => group.querySelector<HTMLElement>('[aria-current]') ?? [])[0];
    if (!scroller || !here) return;
    const top = here.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (top < 0 || top > scroller.clientHeight - 40) scroller.scrollTop += top - scroller.clientHeight / 2;
  };
  try {
    arrange();
  } finally {
    delete document.documentElement.dataset['sidebar'];
  }
  addEventListener('rm-glance', arrange);
  addEventListener('storage', arrange);
}
