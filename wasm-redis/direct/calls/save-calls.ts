import { takenBack } from '../../kernel/connection.ts';
import type { Machine } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';
import type { MachineSaves } from '../machine-saves.ts';

/** Saves of the whole machine. What keeps them is loaded with the first one. */
export function saveCalls(parts: MachineParts) {
  const { kernel, driver, handles, alarms, events } = parts;
  const loadSaves = async (): Promise<MachineSaves> => {
    const { MachineSaves } = await import('../machine-saves.ts');
    parts.assertAlive();
    return (parts.saves ??= new MachineSaves(kernel, driver, handles));
  };
  return {
    async save(label = '') {
      return (parts.saves ?? (await loadSaves())).save(label);
    },

    async restore(save) {
      await (parts.saves ?? (await loadSaves())).restore(save);
      alarms.clear(takenBack());
      const { uptimeMs } = kernel.clock.state;
      events.emit({ type: 'restored', save, uptimeMs, terminals: handles.terminalIds });
    },

    async saves() {
      return parts.saves?.all ?? [];
    },

    async dropSave(save) {
      parts.saves?.drop(save);
    },
  } satisfies Partial<Machine>;
}
