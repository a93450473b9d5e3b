import type { LabView, NodeView } from './lab-view.ts';

/** Five minutes of constant change; a quiet lab needs far fewer. */
const MOST_VIEWS = 600;
/** What changes all the time and says little: a view that differs only in this is not kept. */
const RESTLESS = new Set(['answeredMs', 'uptimeSeconds', 'lastHeardSeconds', 'lagSeconds', 'memoryBytes']);

/**
 * Views as they were, for going back to: those that differ from the one before. Nodes that have not changed are shared
 * between them; events and logs are not kept.
 */
export class ViewHistory {
  readonly #views: LabView[] = [];
  readonly #most: number;
  #marks = new Map<string, string>();

  constructor(most = MOST_VIEWS) {
    this.#most = most;
  }

  /** Of the machine's time at which one can look; undefined while nothing is kept. */
  get firstMs(): number | undefined {
    return this.#views[0]?.nowMs;
  }

  get count(): number {
    return this.#views.length;
  }

  /** Keeps a view unless nothing has changed since the last. They come in the order of time. */
  keep(view: LabView): void {
    const last = this.#views.at(-1);
    const marks = new Map(view.nodes.map((node) => [node.name, markOf(node)]));
    const nodes = view.nodes.map((node) => {
      const same = this.#marks.get(node.name) === marks.get(node.name);
      return (same && last?.nodes.find(({ name }) => name === node.name)) || node;
    });
    this.#marks = marks;
    const changed =
      !last ||
      nodes.length !== last.nodes.length ||
      nodes.some((node) => !last.nodes.includes(node)) ||
      JSON.stringify(view.faults) !== JSON.stringify(last.faults);
    if (!changed) return;
    this.#views.push({ ...view, nodes, events: [], logs: new Map() });
    if (this.#views.length > this.#most) this.#views.shift();
  }

  /** The view that was true at a time; the first for any earlier one. Undefined while nothing is kept. */
  at(nowMs: number): LabView | undefined {
    return this.#views.findLast((view) => view.nowMs <= nowMs) ?? this.#views[0];
  }
}

function markOf(node: NodeView): string {
  return JSON.stringify(node, (key, value: unknown) => (RESTLESS.has(key) ? undefined : value));
}
