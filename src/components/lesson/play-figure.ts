/** Plays the steps of a drawing, from the beginning each time its button is pressed. */
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-figure-play]') : null;
  const drawing = button?.closest('figure')?.querySelector<HTMLElement>('.drawing');
  if (!drawing) return;
  delete drawing.dataset['playing'];
  // Without a layout in between the browser would see no change, and play nothing.
  drawing.getBoundingClientRect();
  drawing.dataset['playing'] = '';
});
