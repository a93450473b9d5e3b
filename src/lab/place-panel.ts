import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { adoptStyles } from '../terminal/strict-styles.ts';
import { pageLab, watchPageLab } from './page-lab.ts';
import { type WatchedLab, watchLab } from './watch-lab.ts';
import { whileVisible } from './while-visible.ts';

/** How often a panel looks that looks by itself, of real time. */
export const LOOK_EACH_MS = 500;

/** What there is to put into a place. */
interface Panel {
  readonly root: HTMLElement;
  /** Says it in a line that is read aloud. */
  say(text: string): void;
  /** Ends what it began. */
  close?(): void;
}

/** A panel that shows what all of them look at together. */
export interface ShowingPanel extends Panel {
  show(watched: WatchedLab | undefined): void;
}

/** A panel that asks by itself. */
export interface LookingPanel extends Panel {
  /** Another machine, the same one at another time, or none. */
  begin(lab: Lab | undefined): unknown;
  /** Each half second while it is on the screen. */
  look(): Promise<void>;
}

/** Puts the styles of a panel into the document, and starts the page's machine if it has not been; if that fails, `say` tells it. */
export function beginPanel(styles: readonly string[], say: (text: string) => void): void {
  for (const css of styles) adoptStyles(css);
  pageLab().catch((error: unknown) =>
    say(`Redis could not be started: ${error instanceof Error ? error.message : String(error)}`),
  );
}

/** Fills a place with a panel that shows the lab as it is looked at for all panels. Returns what ends it. */
export function placeShowing(place: HTMLElement, panel: ShowingPanel, ...styles: string[]): () => void {
  beginPanel(styles, (text) => panel.say(text));
  place.append(panel.root);
  const endWatch = watchLab(panel.root, (watched) => panel.show(watched));
  return () => {
    endWatch();
    panel.close?.();
  };
}

/** Fills a place with a panel that looks by itself. Returns what ends it. */
export function placeLooking(place: HTMLElement, panel: LookingPanel, ...styles: string[]): () => void {
  beginPanel(styles, (text) => panel.say(text));
  place.append(panel.root);
  const endWatch = watchPageLab((lab) => void panel.begin(lab));
  const endLooks = whileVisible(panel.root, LOOK_EACH_MS, () => panel.look());
  return () => {
    endLooks();
    endWatch();
    void panel.begin(undefined);
    panel.close?.();
  };
}
