/** The only part that every page loads: it waits for a press on Run and then fetches the rest. */
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>('button.redis-run') : null;
  if (!button) return;
  import('./page-lesson.ts').then(
    ({ runBlock }) => runBlock(button),
    (error: unknown) => {
      const status = button.parentElement?.querySelector('.redis-status');
      if (status)
        status.textContent = `The code for running examples could not be loaded (${String(error)}). Reload the page to try again.`;
    },
  );
});
