import { element } from '../dom/element.ts';
import { readPreference, writePreference } from './preferences.ts';

export const LEAST_HEIGHT_PX = 120;
const STEP_PX = 24;

/** What a handle changes the height of. */
export interface Resizable {
  /** The preference in which the height is kept. */
  name: string;
  /** Dragging up makes it higher (it is anchored at its bottom). */
  growsUp: boolean;
  heightPx(): number;
  greatestPx(): number;
  setHeight(px: number): void;
}

/** A separator that is dragged, or moved with the arrow keys, Home and End, to make a terminal higher or lower. */
export function heightHandle(target: Resizable): HTMLElement {
  const handle = element('div', {
    class: 'rt-handle',
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the terminal',
  });
  const set = (px: number): void => {
    const height = Math.round(Math.min(Math.max(px, LEAST_HEIGHT_PX), target.greatestPx()));
    target.setHeight(height);
    handle.setAttribute('aria-valuenow', String(height));
    handle.setAttribute('aria-valuemin', String(LEAST_HEIGHT_PX));
    handle.setAttribute('aria-valuemax', String(target.greatestPx()));
  };
  const keep = (): void => writePreference(target.name, String(target.heightPx()));

  handle.addEventListener('pointerdown', (down) => {
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    const startPx = target.heightPx();
    const move = (event: PointerEvent): void => {
      const moved = event.clientY - down.clientY;
      set(startPx + (target.growsUp ? -moved : moved));
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => {
        handle.removeEventListener('pointermove', move);
        keep();
      },
      { once: true },
    );
  });
  handle.addEventListener('keydown', (event) => {
    const up = target.growsUp ? 1 : -1;
    const to: Record<string, number> = {
      ArrowUp: target.heightPx() + up * STEP_PX,
      ArrowDown: target.heightPx() - up * STEP_PX,
      Home: LEAST_HEIGHT_PX,
      End: target.greatestPx(),
    };
    const px = to[event.key];
    if (px === undefined) return;
    event.preventDefault();
    set(px);
    keep();
  });

  const kept = Number(readPreference(target.name));
  if (kept > 0) set(kept);
  else set(target.heightPx());
  return handle;
}
