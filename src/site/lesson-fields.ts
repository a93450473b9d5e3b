import { z } from 'astro/zod';
import { readMachineDescription } from '../transcript/machine-description.ts';

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

/**
 * What a page's frontmatter may say beyond Starlight's own fields. Everything is optional: not every page is a lesson. What
 * a complete lesson must have is checked by `npm run lessons:check`.
 */
export const lessonFields = z.object({
  /** The one sentence to remember. Shown under the title. */
  takeaway: z.string().max(240).optional(),
  /** Reading and trying, in minutes. */
  minutes: z.number().int().positive().optional(),
  level: z.enum(LEVELS).optional(),
  /** What runs in the page's machine. A page with a preset offers a terminal. */
  machine: z
    .unknown()
    .optional()
    .transform((value) => (value === undefined ? undefined : readMachineDescription(value))),
  /** Slugs of lessons to have read. */
  prerequisites: z.array(z.string()).default([]),
  /** "Afterwards you can …". Markdown, each a line. */
  objectives: z.array(z.string()).default([]),
  /** Commands of the lesson: `SET`, `CONFIG GET`. */
  commands: z.array(z.string()).default([]),
  /** Rows of the table of complexity. */
  complexity: z
    .array(z.strictObject({ commands: z.array(z.string()).min(1), cost: z.string(), note: z.string().optional() }))
    .default([]),
});
