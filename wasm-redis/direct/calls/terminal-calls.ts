import type { Machine, OutputListener, TerminalId, TerminalSize } from '../../machine.ts';
import type { Alive, MachineParts } from '../machine-parts.ts';

/** Terminals, and what is typed on them. */
export function terminalCalls(alive: Alive) {
  return {
    async openTerminal(size, onOutput) {
      return addTerminal(alive(), size, onOutput);
    },

    async type(terminal, bytes) {
      alive().handles.terminal(terminal).press(bytes);
    },

    async takeTyped(terminal) {
      return alive().handles.terminal(terminal).takeTyped();
    },

    async resizeTerminal(terminal, { columns, rows }) {
      Object.assign(alive().handles.terminal(terminal), { columns, rows });
    },

    async closeTerminal(terminal) {
      const { kernel, handles } = alive();
      handles.closeTerminal(terminal, kernel);
    },
  } satisfies Partial<Machine>;
}

/** See `Machine.openTerminal`. */
export function addTerminal(
  { kernel, handles }: MachineParts,
  size: TerminalSize,
  onOutput: OutputListener,
): TerminalId {
  return handles.addTerminal(kernel.openTerminal(size, onOutput));
}
