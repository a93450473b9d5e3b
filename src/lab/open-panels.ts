/**
 * Lets the buttons of panels work: what opens a panel is fetched with the first press, so that a page on which nobody
 * presses one does without.
 */
document.addEventListener('click', ({ target }) => {
  const panel = target instanceof Element ? target.closest('[data-open]')?.closest('lab-panel') : undefined;
  if (panel) void toggle(panel);
});

async function toggle(panel: Element): Promise<void> {
  try {
    const { LabPanel } = await import('./lab-panel.ts');
    if (panel instanceof LabPanel) await panel.toggle();
  } catch (error) {
    const place = panel.querySelector<HTMLElement>('.lp-body');
    if (!place) throw error;
    place.hidden = false;
    place.textContent = `This could not be opened (${String(error)}). Reload the page to try again.`;
  }
}
