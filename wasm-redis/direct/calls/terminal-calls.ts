import type { Machine, OutputListener, TerminalId, TerminalSize } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';

/** Terminals, and what is typed on them. */
export function terminalCalls(parts: MachineParts) {
  const { kernel, handles } = parts;
  return {
    async openTerminal(size, onOutput) {
      return addTerminal(parts, size, onOutput);
    },

    async type(terminal, bytes) {
      handles.terminal(terminal).press(bytes);
    },

    async takeTyped(terminal) {
      return handles.terminal(terminal).takeTyped();
    },

    async resizeTerminal(terminal, { columns, rows }) {
      Object.assign(handles.terminal(terminal), { columns, rows });
    },

    async closeTerminal(terminal) {
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
