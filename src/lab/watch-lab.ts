import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { LabView } from './lab-view.ts';
import type { ViewHistory } from './view-history.ts';

/** What a panel gets to see: the lab as it is, and as it was since it was first looked at. */
export interface WatchedLab {
  lab: Lab;
  view: LabView;
  history: ViewHistory;
}

export type LabListener = (watched: WatchedLab | undefined) => void;

/**
 * Looks at the page's lab for a panel: the listener is called with each new view while the element is on the screen and the
 * page is shown, and with undefined when there is no lab any more. All panels share one look each half second, and the code
 * for it, which the first of them fetches. After a reset or a restore of the machine everything begins anew. Boots nothing.
 *
 * @returns what ends it
 */
export function watchLab(element: Element, listener: LabListener): () => void {
  let end: (() => void) | undefined;
  let ended = false;
  void import('./look-at-lab.ts').then((look) => {
    // The panel may have been closed while the code came.
    if (!ended) end = look.watchLab(element, listener);
  });
  return () => {
    ended = true;
    end?.();
  };
}
