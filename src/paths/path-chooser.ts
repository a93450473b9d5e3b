import { element } from '../dom/element.ts';
import { GLANCE, readGlance, refreshGlance } from '../progress/glance.ts';
import { writeFacts } from '../progress/store.ts';
import { chooseRoute } from './choose-route.ts';
import { glanceRoute, pageCourse } from './page-course.ts';

/** `<path-chooser>`: as soon as its three questions are answered it proposes a route, which can be followed at once. */
class PathChooser extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', () => this.#propose());
    addEventListener(GLANCE, this.#show);
    this.#propose();
  }

  disconnectedCallback(): void {
    removeEventListener(GLANCE, this.#show);
  }

  #answers(): Record<string, string> {
    const form = this.querySelector('form');
    const given = form ? [...new FormData(form)] : [];
    return Object.fromEntries(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  }

  readonly #show = (): void => this.#propose();

  #propose(): void {
    const id = chooseRoute(this.#answers());
    const route = pageCourse().routes.find((each) => each.id === id);
    const place = this.querySelector('.answer');
    if (!place) return;
    if (id === undefined || !route) {
      place.replaceChildren();
      return;
    }
    const [path = '', variant] = id.split('/');
    const href = `${this.dataset['paths'] ?? '/'}${path}/${variant === undefined ? '' : `#${variant}`}`;
    const follows = readGlance().route?.id === id;
    place.replaceChildren(
      element('p', {}, 'Your path: ', element('a', { href }, route.title)),
      follows
        ? element('p', {}, 'You are following it. The sidebar shows its lessons.')
        : element(
            'button',
            { type: 'button', class: 'rm-choose', click: () => void this.#follow(id) },
            'Follow this path',
          ),
    );
  }

  async #follow(route: string): Promise<void> {
    await writeFacts('choice', { route, extras: false });
    await refreshGlance((id, extras) => glanceRoute(pageCourse(), id, extras));
  }
}

customElements.define('path-chooser', PathChooser);
