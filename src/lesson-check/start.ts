import { announce } from './announce.ts';

/** The part that every page loads: it waits for a press in an exercise or a question and then fetches the rest. */
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>('button') : null;
  if (!button) return;
  if (button.dataset['exerciseDo'] !== undefined)
    import('./page-exercise.ts').then(
      ({ doExercise }) => doExercise(button),
      (error: unknown) => failed(button, error),
    );
  else if (button.dataset['questionDo'] !== undefined)
    import('./page-question.ts').then(
      ({ doQuestion }) => doQuestion(button),
      (error: unknown) => failed(button, error),
    );
});

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.dataset['lessonCheck'] === 'self-check')
    announce(target, 'self-check', target.checked);
});

document.addEventListener('keydown', (event) => {
  // Enter in the field of a question is a press on its button.
  const { target } = event;
  if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type !== 'text') return;
  target.closest('[data-question]')?.querySelector<HTMLButtonElement>('[data-question-do="answer"]')?.click();
});

function failed(button: HTMLElement, error: unknown): void {
  const place = button.closest('[data-exercise], [data-question]');
  const status = place?.querySelector('[data-exercise-status], [data-question-status]');
  if (status)
    status.textContent = `The code for this could not be loaded (${String(error)}). Reload the page to try again.`;
}
