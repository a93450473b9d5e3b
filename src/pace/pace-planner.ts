import { element } from '../dom/element.ts';
import { pageCourse } from '../paths/page-course.ts';
import { GLANCE, readGlance } from '../progress/glance.ts';
import { readFacts, sayIfRefused, watchFacts, writeFacts } from '../progress/store.ts';
import { NO_PLAN, planFields, planIn, planKey } from './kept-plan.ts';
import { dayOf, schedule, standInPlan, type Plan, type Planned } from './pace.ts';
import { paceWords, shortDay } from './words.ts';

/** `<pace-planner>`: the plan of a route. It writes a date beside each lesson of the `<rm-route>` around it. */
class PacePlanner extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    const start = this.#form.elements.namedItem('start');
    if (start instanceof HTMLInputElement) start.value = dayOf(Date.now());
    this.addEventListener('click', ({ target }) => {
      const hours = target instanceof HTMLElement ? target.dataset['hours'] : undefined;
      const field = this.#form.elements.namedItem('hours');
      if (hours !== undefined && field instanceof HTMLInputElement) field.value = hours;
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#try(() => this.#make());
    });
    const show = (): void => void this.#try(() => this.#show());
    const stopWatching = watchFacts((keys) => {
      if (keys.length === 0 || keys.includes(this.#key)) show();
    });
    this.#route?.addEventListener('change', show);
    addEventListener(GLANCE, show);
    addEventListener('storage', show);
    this.#stop = () => {
      stopWatching();
      this.#route?.removeEventListener('change', show);
      removeEventListener(GLANCE, show);
      removeEventListener('storage', show);
    };
    show();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  get #form(): HTMLFormElement {
    const form = this.querySelector('form');
    if (!form) throw new Error('expected a form in pace-planner, found none');
    return form;
  }

  get #route(): HTMLElement | null {
    return this.closest('rm-route');
  }

  get #key(): string {
    return planKey(this.dataset['plan'] ?? '');
  }

  /** Makes a plan of what the form says, for what is not done. */
  async #make(): Promise<void> {
    const given = new FormData(this.#form);
    const days = given.getAll('day').map(Number);
    if (days.length === 0) {
      this.#say('Choose at least one day of the week.');
      return;
    }
    const start = given.get('start');
    if (typeof start !== 'string') return;
    await this.#keep({ start, hours: Number(given.get('hours')), days });
    const details = this.querySelector('details');
    if (details) details.open = false;
  }

  async #keep(plan: Omit<Plan, 'before'>): Promise<void> {
    await writeFacts(this.#key, planFields({ ...plan, before: new Set(readGlance().done) }));
  }

  async #show(): Promise<void> {
    const plan = planIn(await readFacts(this.#key));
    for (const date of this.#route?.querySelectorAll('.rm-by') ?? []) date.remove();
    if (!plan) {
      this.#say();
      return;
    }
    const planned = schedule(this.#lessons(), plan);
    this.#writeDates(planned);
    const today = dayOf(Date.now());
    const standing = standInPlan(planned, new Set(readGlance().done), today);
    const due = standing.due.map(({ slug }) => pageCourse().lessons[slug]);
    this.#say(
      paceWords(standing),
      ...(due.length === 0
        ? []
        : [
            element(
              'p',
              {},
              'By today: ',
              ...due.flatMap((lesson, index) => [
                index === 0 ? '' : ', ',
                element('a', { href: lesson?.href ?? '' }, lesson?.title ?? ''),
              ]),
              '.',
            ),
          ]),
      element(
        'p',
        { class: 'pace-buttons' },
        this.#button('Plan again from today', () => this.#keep({ ...plan, start: today })),
        this.#button('Drop the plan', async () => void (await writeFacts(this.#key, NO_PLAN))),
      ),
    );
  }

  /** The lessons of the route that can be read, each once; those of optional groups if they are taken. */
  #lessons(): { slug: string; minutes: number }[] {
    const { lessons } = pageCourse();
    const extras = this.#route?.querySelector<HTMLInputElement>('.rm-extras')?.checked === true;
    const items = [...(this.#route?.querySelectorAll<HTMLElement>('[data-path-lesson]') ?? [])].filter(
      (item) => extras || !item.closest('[data-group=optional]'),
    );
    const slugs = [...new Set(items.flatMap(({ dataset }) => dataset['pathLesson'] ?? []))];
    return slugs.flatMap((slug) => {
      const lesson = lessons[slug];
      return lesson?.href === undefined ? [] : [{ slug, minutes: lesson.minutes }];
    });
  }

  #writeDates(planned: readonly Planned[]): void {
    const done = new Set(readGlance().done);
    for (const { slug, by } of planned) {
      if (done.has(slug)) continue;
      const place = this.#route?.querySelector(`[data-path-lesson="${slug}"] .rm-facts`);
      place?.append(element('span', { class: 'rm-by' }, ` · by ${shortDay(by)}`));
    }
  }

  #button(label: string, act: () => Promise<void>): HTMLElement {
    return element('button', { type: 'button', class: 'rm-button', click: () => void this.#try(act) }, label);
  }

  #try(act: () => Promise<void>): Promise<void> {
    return sayIfRefused('a plan', (text) => this.#say(text), act);
  }

  #say(...parts: (string | HTMLElement)[]): void {
    this.querySelector('.pace-said')?.replaceChildren(
      ...parts.map((part) => (typeof part === 'string' ? element('p', {}, part) : part)),
    );
  }
}

customElements.define('pace-planner', PacePlanner);
