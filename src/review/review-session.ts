import { element } from '../dom/element.ts';
import { pageCourse } from '../paths/page-course.ts';
import { cardsIn, dueCards, noteReview, type KnownCard } from '../progress/lesson-progress.ts';
import { readAll, sayIfRefused, watchFacts } from '../progress/store.ts';
import { takeInVisits } from '../progress/visits.ts';
import { CardFiles, type ShownCard } from './card-files.ts';
import { beginSitting, countOf, judgeFirst, withDue, type Sitting } from './sitting.ts';
import { endedWords, restWords } from './words.ts';

/** `<review-session>`: the flash cards that are due, one after the other, judged by the learner. */
class ReviewSession extends HTMLElement {
  #stop: (() => void) | undefined;
  #sitting: Sitting | undefined;
  /** What is shown, so that a change elsewhere does not turn a card back. */
  #shown: ShownCard | undefined;
  readonly #files = new CardFiles(pageCourse());

  connectedCallback(): void {
    this.#on('turn', () => this.#turn());
    this.#on('missed', () => void this.#try(() => this.#judge(false)));
    this.#on('knew', () => void this.#try(() => this.#judge(true)));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.#stop = watchFacts((keys) => {
      if (keys.length === 0 || keys.some((key) => key.startsWith('card/'))) void this.#try(() => this.#update());
    });
    void this.#try(async () => {
      await takeInVisits();
      await this.#update();
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  /** Takes in what is due now, and shows the first card unless it is the one that is shown. */
  async #update(): Promise<void> {
    const due = await this.#files.known(await dueCards());
    this.#sitting = this.#sitting ? withDue(this.#sitting, due) : beginSitting(due);
    await this.#show();
  }

  async #judge(known: boolean): Promise<void> {
    const [first] = this.#sitting?.queue ?? [];
    if (!first || !this.#sitting || !this.#shown) return;
    this.#sitting = judgeFirst(this.#sitting, known);
    this.#shown = undefined;
    await noteReview(first.lesson, first.id, known);
    await this.#show();
    // Who came by a press goes on by a press.
    this.#place(this.#shown ? 'front' : 'said').focus();
  }

  async #show(): Promise<void> {
    const sitting = this.#sitting;
    if (!sitting) return;
    const [first] = sitting.queue;
    const card = first && (await this.#files.card(first));
    this.#place('card').hidden = !card;
    if (!card) {
      this.#shown = undefined;
      this.#say(...(await this.#ended(sitting)));
      return;
    }
    this.#say();
    this.#place('standing').textContent =
      `Card ${sitting.known + 1} of ${countOf(sitting)}, from ${card.lessonTitle}${sitting.missed.some(({ id, lesson }) => id === card.id && lesson === card.lesson) ? ', once more' : ''}`;
    if (this.#shown?.lesson === card.lesson && this.#shown.id === card.id) return;
    this.#shown = card;
    // A link only where it leads somewhere.
    this.#place('lesson').replaceChildren(
      element('a', { href: `${card.lessonHref}#question-${card.id}` }, card.lessonTitle),
    );
    // Made from the author's Markdown when the site was built; nothing that a server has said is in it.
    this.#place('front').innerHTML = card.front;
    this.#place('answer').innerHTML = card.back;
    this.#setTurned(false);
  }

  #turn(): void {
    if (!this.#shown) return;
    this.#setTurned(true);
    this.#place('back').focus();
  }

  #setTurned(turned: boolean): void {
    this.#place('back').hidden = !turned;
    this.#place('judge').hidden = !turned;
    this.#place('ask').hidden = turned;
  }

  /** Keys work inside of the card only: a key of one letter must not act on a whole page. */
  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#shown) return;
    const { target, key } = event;
    if (!(target instanceof Element) || !this.#place('card').contains(target)) return;
    const turned = !this.#place('back').hidden;
    if (!turned && (key === 'Enter' || key === ' ') && !target.closest('button, a, pre')) this.#turn();
    else if (turned && (key === '1' || key === '2')) void this.#try(() => this.#judge(key === '2'));
    else return;
    event.preventDefault();
  }

  async #ended(sitting: Sitting): Promise<string[]> {
    const all: KnownCard[] = cardsIn(await readAll('card/'));
    const next = all.find(({ review }) => review.dueMs > Date.now())?.review.dueMs;
    const ended =
      sitting.known > 0 ? endedWords(sitting.known, sitting.missed.length) : 'Nothing is due for review now.';
    return [ended, restWords(all.length, next, Date.now())];
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await sayIfRefused('your progress', (text) => this.#say(text), act);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#say(`The cards could not be loaded (${error.message}). Reload the page to try again.`);
    }
  }

  #say(...lines: string[]): void {
    this.#place('said').replaceChildren(...lines.map((line) => element('p', {}, line)));
  }

  #on(name: string, act: () => void): void {
    this.querySelector(`[data-review-do=${name}]`)?.addEventListener('click', act);
  }

  #place(name: string): HTMLElement {
    const place = this.querySelector<HTMLElement>(`[data-review=${name}]`);
    if (!place) throw new Error(`expected a place ${name} in review-session, found none`);
    return place;
  }
}

customElements.define('review-session', ReviewSession);
