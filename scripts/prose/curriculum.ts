/** A lesson as the curriculum plans it. */
export interface PlannedLesson {
  slug: string;
  title: string;
  minutes: number;
  level: string;
}

/** The lessons of `content/curriculum.json`, by slug. */
export function readCurriculum(json: string): Map<string, PlannedLesson> {
  const parts = JSON.parse(json) as { lessons: PlannedLesson[] }[];
  return new Map(parts.flatMap(({ lessons }) => lessons).map((lesson) => [lesson.slug, lesson]));
}
