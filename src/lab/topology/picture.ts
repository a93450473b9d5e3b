import { element } from '../../dom/element.ts';
import type { LabView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { CardView } from './card-view.ts';
import { CARD, layOut, type LaidOut, type Place } from './lay-out.ts';
import { type Link, linksOf } from './links.ts';
import { nodeCards } from './node-card.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** A picture that has no width yet is not shown. */
const LEAST_WIDTH_PX = 40;

/**
 * The nodes as cards with lines between them: a list of options of which one can be chosen, by pointer, arrow keys, Home
 * and End. Cards stay where they are in the document while they change, so the focus does too.
 */
export class Picture {
  readonly root = element('div', { class: 'tp-picture' });
  readonly #cards = element('div', { class: 'tp-cards', role: 'listbox' });
  readonly #lines = document.createElementNS(SVG, 'svg');
  readonly #views = new Map<string, CardView>();
  readonly #onSelect: (name: string | undefined) => void;
  readonly #resizes = new ResizeObserver(() => this.#draw());
  #view: LabView | undefined;
  #selected: string | undefined;

  /** @param label of the list of nodes @param onSelect told when a node is chosen */
  constructor(label: string, onSelect: (name: string | undefined) => void) {
    this.#onSelect = onSelect;
    this.#cards.setAttribute('aria-label', label);
    this.#lines.setAttribute('class', 'tp-lines');
    this.#lines.setAttribute('aria-hidden', 'true');
    this.root.append(this.#lines, this.#cards);
    this.#cards.addEventListener('keydown', (event) => this.#onKey(event));
    this.#resizes.observe(this.root);
  }

  get selected(): string | undefined {
    return this.#selected;
  }

  show(view: LabView): void {
    this.#view = view;
    this.#draw();
  }

  select(name: string | undefined): void {
    this.#selected = name;
    this.#mark();
    this.#onSelect(name);
  }

  close(): void {
    this.#resizes.disconnect();
  }

  #draw(): void {
    const view = this.#view;
    if (!view || this.root.clientWidth < LEAST_WIDTH_PX) return;
    const laidOut = layOut(view, this.root.clientWidth);
    const cards = nodeCards(view, nodeNames(view));
    for (const [name, card] of this.#views) {
      if (cards.some((other) => other.name === name)) continue;
      card.root.remove();
      this.#views.delete(name);
    }
    for (const card of cards) {
      const place = laidOut.places.find(({ name }) => name === card.name);
      let shown = this.#views.get(card.name);
      if (!shown) {
        shown = new CardView(() => this.select(card.name));
        this.#views.set(card.name, shown);
        this.#cards.append(shown.root);
      }
      shown.show(card);
      if (place) shown.moveTo(place, laidOut.cardHeight);
    }
    this.#drawLines(laidOut, linksOf(view));
    if (this.#selected !== undefined && !this.#views.has(this.#selected)) this.select(undefined);
    else this.#mark();
  }

  #drawLines({ places, width, height, cardHeight }: LaidOut, links: readonly Link[]): void {
    this.root.style.setProperty('height', `${height}px`);
    this.#lines.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#lines.setAttribute('width', String(width));
    this.#lines.setAttribute('height', String(height));
    const at = new Map(places.map((place) => [place.name, place]));
    this.#lines.replaceChildren(
      ...links.flatMap((link) => {
        const [from, to] = [at.get(link.from), at.get(link.to)];
        return from && to ? [line(link, from, to, cardHeight)] : [];
      }),
    );
  }

  /** One stop for the Tab key: the chosen card, or the first. */
  #mark(): void {
    const stop = this.#selected ?? this.#order[0]?.[0];
    for (const [name, { root }] of this.#views) {
      root.ariaSelected = String(name === this.#selected);
      root.tabIndex = name === stop ? 0 : -1;
    }
  }

  /** Names as one reads the picture: row by row. */
  get #order(): [string, CardView][] {
    return [...this.#views].toSorted(([, one], [, other]) => one.y - other.y || one.x - other.x);
  }

  #onKey(event: KeyboardEvent): void {
    const order = this.#order;
    const at = order.findIndex(([, { root }]) => root === event.target);
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      Home: 0,
      End: order.length - 1,
      Enter: at,
      ' ': at,
    };
    const to = steps[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [name, card] = order[Math.min(Math.max(to, 0), order.length - 1)] ?? [];
    if (name === undefined) return;
    this.select(name);
    card?.root.focus();
  }
}

/** From the lower edge of the one to the upper edge of the other, or whichever edges face each other. */
function line(link: Link, from: Place, to: Place, cardHeight: number): SVGElement {
  const below = to.y > from.y;
  const sameRow = to.y === from.y;
  const [startY, endY] = sameRow
    ? [from.y + cardHeight, to.y + cardHeight]
    : below
      ? [from.y + cardHeight, to.y]
      : [from.y, to.y + cardHeight];
  const [startX, endX] = [from.x + CARD.width / 2, to.x + CARD.width / 2];
  const bend = sameRow ? 2 * CARD.gapY * 0.4 : (endY - startY) / 2;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute(
    'd',
    `M${startX} ${startY}C${startX} ${startY + bend} ${endX} ${sameRow ? endY + bend : endY - bend} ${endX} ${endY}`,
  );
  path.setAttribute('class', `tp-line tp-${link.kind}${link.up ? '' : ' tp-down'}`);
  if (!link.cut) return path;
  const group = document.createElementNS(SVG, 'g');
  const cross = document.createElementNS(SVG, 'path');
  const [x, y] = [(startX + endX) / 2, (startY + endY) / 2 + (sameRow ? bend * 0.75 : 0)];
  cross.setAttribute('d', `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`);
  cross.setAttribute('class', 'tp-cut');
  group.append(path, cross);
  return group;
}
