import type { Machine } from '../../machine.ts';
import type { Alive } from '../machine-parts.ts';

/** Saves of the whole machine. */
export function saveCalls(alive: Alive) {
  return {
    async save(label = '') {
      return alive().save(label);
    },

    async restore(save) {
      await alive().restore(save);
    },

    async saves() {
      return alive().saves?.all ?? [];
    },

    async dropSave(save) {
      alive().saves?.drop(save);
    },
  } satisfies Partial<Machine>;
}
