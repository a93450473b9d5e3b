/**
 * Runs in the page as an inline script before the sidebar: who follows a path does not see the sidebar until
 * `arrangeSidebar` has put the path's groups in the place of the parts. It may use nothing from outside of itself.
 */
export function hideUnarranged(): void {
  try {
    if (localStorage.getItem('rm-glance')?.includes('"route"'))
      document.documentElement.dataset['sidebar'] = 'unarranged';
  } catch {
    // Storage is refused: then no path is known, and nothing is going to move.
  }
}
