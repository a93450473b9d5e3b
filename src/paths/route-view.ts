import { readGlance, refreshGlance, GLANCE } from '../progress/glance.ts';
import { readFacts, watchFacts, writeFacts } from '../progress/store.ts';
import { takeInVisits } from '../progress/visits.ts';
import { glanceRoute, pageCourse } from './page-course.ts';
import { inHours, standing } from './route.ts';

/** `<rm-route>`: a route of a path's page. Shows what is done of it, and makes it the learner's path. */
class RouteElement extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#show();
    this.querySelector('.rm-choose')?.addEventListener('click', () => void this.#choose());
    this.#extras?.addEventListener('change', () => {
      if (readGlance().route?.id === this.#id) void this.#follow(this.#id);
      else this.#show();
    });
    this.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.dataset['pathCheck'] !== undefined)
        void writeFacts(this.#boxes, { [`check:${target.dataset['pathCheck']}`]: target.checked });
    });
    addEventListener(GLANCE, this.#show);
    addEventListener('storage', this.#show);
    const stopWatching = watchFacts((keys) => {
      if (keys.length === 0 || keys.includes(this.#boxes)) void this.#showBoxes();
    });
    this.#stop = () => {
      removeEventListener(GLANCE, this.#show);
      removeEventListener('storage', this.#show);
      stopWatching();
    };
    void this.#showBoxes();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  get #id(): string {
    return this.dataset['route'] ?? '';
  }

  get #boxes(): string {
    return `path/${this.dataset['path'] ?? ''}`;
  }

  get #extras(): HTMLInputElement | null {
    return this.querySelector('.rm-extras');
  }

  async #choose(): Promise<void> {
    await this.#follow(readGlance().route?.id === this.#id ? '' : this.#id);
  }

  async #follow(route: string): Promise<void> {
    await writeFacts('choice', { route, extras: this.#extras?.checked ?? false });
    await refreshGlance((id, extras) => glanceRoute(pageCourse(), id, extras));
  }

  readonly #show = (): void => {
    const { lessons } = pageCourse();
    const { done, route } = readGlance();
    const chosen = route?.id === this.#id;
    const ready = new Set(done);
    const button = this.querySelector('.rm-choose');
    button?.setAttribute('aria-pressed', String(chosen));
    if (button) button.textContent = chosen ? 'You are following this path' : 'Follow this path';
    const optional = [...this.querySelectorAll<HTMLElement>('[data-group=optional]')];
    if (chosen && this.#extras) {
      const titles = new Set(route?.groups.map(({ title }) => title));
      this.#extras.checked =
        glanceRoute(pageCourse(), this.#id, true)?.groups.every(({ title }) => titles.has(title)) ?? false;
    }
    const walked = [...this.querySelectorAll<HTMLElement>('[data-path-lesson]')].filter(
      (item) => this.#extras?.checked || !optional.some((group) => group.contains(item)),
    );
    const slugs = [...new Set(walked.map(({ dataset }) => dataset['pathLesson'] ?? ''))];
    const written = new Set(slugs.filter((slug) => lessons[slug]?.href !== undefined));
    const stand = standing(slugs, (slug) => lessons[slug]?.minutes ?? 0, written, ready);
    for (const item of this.querySelectorAll<HTMLElement>('[data-path-lesson]')) {
      const isDone = ready.has(item.dataset['pathLesson'] ?? '');
      item.classList.toggle('rm-done', isDone);
      item.classList.toggle('rm-next', item.dataset['pathLesson'] === stand.next);
      mark(item, isDone ? 'Done' : item.dataset['pathLesson'] === stand.next ? 'Next up' : '');
    }
    for (const group of this.querySelectorAll('section')) {
      const own = new Set(
        [...group.querySelectorAll<HTMLElement>('[data-path-lesson]')].map(
          ({ dataset }) => dataset['pathLesson'] ?? '',
        ),
      );
      const count = group.querySelector('.rm-group-count');
      if (count) count.textContent = ` · ${[...own].filter((slug) => ready.has(slug)).length}/${own.size} complete`;
    }
    const line = this.querySelector('.rm-standing');
    if (!line) return;
    const next = stand.next === undefined ? undefined : lessons[stand.next];
    const left = `${stand.done}/${stand.total} complete, ${inHours(stand.minutesLeft)} left. `;
    line.replaceChildren(left);
    if (next?.href === undefined) return;
    const link = document.createElement('a');
    link.href = next.href;
    link.textContent = next.title;
    line.append('Next up: ', link);
  };

  async #showBoxes(): Promise<void> {
    const facts = await readFacts(this.#boxes);
    for (const box of this.querySelectorAll<HTMLInputElement>('[data-path-check]'))
      box.checked = facts[`check:${box.dataset['pathCheck'] ?? ''}`]?.[0] === true;
  }
}

/** Said to screen readers beside the drawn mark. */
function mark(item: HTMLElement, text: string): void {
  const place = item.querySelector('.rm-mark');
  if (!place) return;
  place.replaceChildren();
  if (text === '') return;
  const spoken = document.createElement('span');
  spoken.className = 'sr-only';
  spoken.textContent = `${text}: `;
  place.append(spoken);
}

customElements.define('rm-route', RouteElement);
void takeInVisits().then(() => refreshGlance((id, extras) => glanceRoute(pageCourse(), id, extras)));
