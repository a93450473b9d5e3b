import { element } from '../dom/element.ts';
import { glanceRoute, pageCourse } from '../paths/page-course.ts';
import { inHours } from '../paths/route.ts';
import { readGlance, refreshGlance } from './glance.ts';
import { readAll, sayIfRefused, watchFacts } from './store.ts';
import { inWords, summarise, type Visit } from './summary.ts';
import { takeInVisits } from './visits.ts';

/** `<progress-view>`: how far the learner has come, now and after each change. */
class ProgressView extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#stop = watchFacts(() => void this.#show());
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  async #begin(): Promise<void> {
    this.#count(new Set(readGlance().done));
    await sayIfRefused(
      'your progress',
      (text) => this.#say(text),
      async () => {
        await takeInVisits();
        await refreshGlance((id, extras) => glanceRoute(pageCourse(), id, extras));
        await this.#show();
      },
    );
  }

  async #show(): Promise<void> {
    const all = await readAll();
    const summary = summarise(all, Date.now());
    const minutes = Math.round(summary.readMs / 60_000);
    this.#say(`So far: ${inWords(summary)}${minutes === 0 ? '' : `; ${inHours(minutes)} of reading`}.`);
    this.#count(
      new Set([...all].flatMap(([key, { done }]) => (done?.[0] === true ? [key.slice('lesson/'.length)] : []))),
    );
    this.#showDue(summary.due);
    this.#showVisits(summary.visits);
  }

  #count(done: ReadonlySet<string>): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-part-lessons]')) {
      const lessons = part.dataset['partLessons']?.split(' ') ?? [];
      const count = part.querySelector('.part-count');
      if (count) count.textContent = `${lessons.filter((slug) => done.has(slug)).length}/${lessons.length} complete`;
    }
  }

  #showDue(due: ReadonlyMap<string, number>): void {
    const { lessons } = pageCourse();
    const items = [...due].flatMap(([slug, count]) => {
      const lesson = lessons[slug];
      if (lesson?.href === undefined) return [];
      const link = element('a', { href: lesson.href }, lesson.title);
      return [element('li', {}, link, `: ${count === 1 ? 'one card' : `${count} cards`}`)];
    });
    const place = this.querySelector<HTMLElement>('.due');
    if (!place) return;
    place.hidden = items.length === 0;
    place.querySelector('ul')?.replaceChildren(...items);
  }

  #showVisits(visits: readonly Visit[]): void {
    const { lessons } = pageCourse();
    const items = visits.flatMap(({ slug, visitedMs, readMs }) => {
      const lesson = lessons[slug];
      if (lesson?.href === undefined) return [];
      const minutes = Math.round(readMs / 60_000);
      const when = new Date(visitedMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
      const facts = minutes === 0 ? when : `${when}, ${inHours(minutes)} of reading`;
      return [element('li', {}, element('a', { href: lesson.href }, lesson.title), ` ${facts}`)];
    });
    const place = this.querySelector<HTMLElement>('.visits');
    if (!place) return;
    place.hidden = items.length === 0;
    place.querySelector('ul')?.replaceChildren(...items);
  }

  #say(text: string): void {
    const place = this.querySelector('.summary');
    if (place) place.textContent = text;
  }
}

customElements.define('progress-view', ProgressView);
