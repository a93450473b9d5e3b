import { z } from 'astro/zod';
import { readMachineDescription } from '../transcript/machine-description.ts';

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

/** What a page's frontmatter may say beyond Starlight's own fields. Everything is optional: not every page is a lesson. */
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
});
