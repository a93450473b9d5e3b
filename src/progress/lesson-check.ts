/** What a lesson's exercises, questions and boxes announce, as a `lesson-check` event on the document. */
export interface LessonCheck {
  /** `lessons/strings`. */
  lesson: string;
  kind: 'self-check' | 'exercise' | 'question' | 'card';
  id: string;
  /** Of a box: ticked. Of a card: known. */
  passed: boolean;
}

declare global {
  interface DocumentEventMap {
    'lesson-check': CustomEvent<LessonCheck>;
  }
}
