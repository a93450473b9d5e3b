import type { RedisTerminal } from '../../terminal/redis-terminal.ts';
import type { TerminalDock } from '../../terminal/terminal-dock.ts';
import type { NodeView } from '../lab-view.ts';

/**
 * Opens redis-cli on a node: in the terminal that the page shows already, else in the one at the bottom of the window. Does
 * nothing on a page without terminals.
 */
export async function openTerminalOf({ name, host, port }: NodeView): Promise<void> {
  const terminals = [...document.querySelectorAll<RedisTerminal>('redis-terminal')];
  const open = terminals.find((terminal) => 'opened' in terminal.dataset && !terminal.closest('terminal-dock'));
  const dock = document.querySelector<TerminalDock>('terminal-dock');
  const place = open ?? dock ?? terminals[0];
  if (!place) return;
  await place.openNode({ name, host, port });
  if (place !== dock) place.scrollIntoView({ block: 'nearest' });
}
