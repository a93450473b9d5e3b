import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { MachineError } from '../../wasm-redis/machine.ts';
import type { LabView } from './lab-view.ts';
import { LabObserver } from './observer.ts';
import { watchPageLab } from './page-lab.ts';
import { ViewHistory } from './view-history.ts';
import type { LabListener } from './watch-lab.ts';

const PAUSE_MS = 500;
/** A node that is stopped keeps the first view after that waiting for so long; later ones do not wait for it. */
const ANSWER_LIMIT_MS = 400;

interface Watcher {
  listener: LabListener;
  visible: boolean;
}

const watchers = new Set<Watcher>();
let endLab: (() => void) | undefined;
let current: { lab: Lab; observer: LabObserver; history: ViewHistory; view?: LabView } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let looking: object | undefined;

/** What `watchLab` of `watch-lab.ts` promises, as soon as this code is there. */
export function watchLab(element: Element, listener: LabListener): () => void {
  const watcher: Watcher = { listener, visible: false };
  watchers.add(watcher);
  const onScreen = new IntersectionObserver((entries) => {
    watcher.visible = entries.at(-1)?.isIntersecting ?? false;
    if (!watcher.visible) return;
    if (current?.view) listener({ ...current, view: current.view });
    void look();
  });
  onScreen.observe(element);
  if (watchers.size === 1) {
    endLab = watchPageLab(begin);
    document.addEventListener('visibilitychange', wake);
  }
  return () => {
    onScreen.disconnect();
    if (!watchers.delete(watcher) || watchers.size > 0) return;
    document.removeEventListener('visibilitychange', wake);
    endLab?.();
    begin(undefined);
  };
}

/** Another lab, or the same one after it was put back to another time. */
function begin(lab: Lab | undefined): void {
  clearTimeout(timer);
  current?.observer.close();
  looking = undefined;
  current = lab && { lab, observer: new LabObserver(lab, ANSWER_LIMIT_MS), history: new ViewHistory() };
  if (current) void look();
  else for (const { listener } of watchers) listener(undefined);
}

const wake = (): void => void look();

async function look(): Promise<void> {
  clearTimeout(timer);
  const mine = current;
  const wanted = (): boolean => document.visibilityState === 'visible' && [...watchers].some(({ visible }) => visible);
  if (!mine || looking || !wanted()) return;
  looking = mine;
  try {
    const view = await mine.observer.look();
    if (mine !== current) return;
    mine.view = view;
    mine.history.keep(view);
    for (const { listener, visible } of watchers) if (visible) listener({ ...mine, view });
  } catch (error) {
    // The machine ended or was put back in the meantime: the next one is told by `watchPageLab`.
    if (!(error instanceof MachineError)) throw error;
  } finally {
    if (mine === current) {
      looking = undefined;
      if (wanted()) timer = setTimeout(wake, PAUSE_MS);
    }
  }
}
