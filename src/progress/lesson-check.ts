import type { LessonCheck } from '../lesson-check/announce.ts';

declare global {
  interface DocumentEventMap {
    'lesson-check': CustomEvent<LessonCheck>;
  }
}
