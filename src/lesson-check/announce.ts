/** What a page says when something of a lesson has been tried or ticked. See `src/exercise/README.md`. */
export interface LessonCheck {
  /** The page: `lessons/strings`. */
  lesson: string;
  kind: 'self-check' | 'exercise' | 'question' | 'card';
  id: string;
  passed: boolean;
}

/** Tells whoever listens on the document for `lesson-check`, and marks the place as passed if it is. */
export function announce(element: HTMLElement, kind: LessonCheck['kind'], passed: boolean): void {
  const { lesson = '', id = '' } = element.dataset;
  if (passed) element.dataset['passed'] = '';
  const detail: LessonCheck = { lesson, kind, id, passed };
  element.dispatchEvent(new CustomEvent('lesson-check', { bubbles: true, detail }));
}
