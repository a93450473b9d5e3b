import { z } from 'astro/zod';
import { LEVELS } from '../site/lesson-fields.ts';

const slug = z.string().regex(/^[a-z0-9-]+$/, 'a slug is lower case letters, digits and hyphens');

/** A lesson of the curriculum, written or not. */
const lessonSchema = z.strictObject({
  /** The lesson's page is `content/docs/lessons/<slug>.mdx`, once there is one. */
  slug,
  title: z.string().min(1),
  /** Reading and trying, in minutes. */
  minutes: z.number().int().positive(),
  level: z.enum(LEVELS),
});

/** A part of the curriculum: an entry of `content/curriculum.json`, in the order of the course. */
export const partSchema = z.strictObject({
  id: slug,
  number: z.number().int().min(0),
  title: z.string().min(1),
  lessons: z.array(lessonSchema).min(1),
});

const blockSchema = z.strictObject({ title: z.string().min(1).optional(), lessons: z.array(slug).min(1) });

const groupSchema = z.strictObject({
  title: z.string().min(1),
  /** A learner may leave the group out; it counts only for those who do not. */
  optional: z.boolean().default(false),
  /** The variant that has this group; without it, all have. */
  only: slug.optional(),
  blocks: z.array(blockSchema).min(1),
  /** What one should be able to say of oneself at the end of the group: boxes to tick. */
  checks: z.array(z.string().min(1)).default([]),
});

/** A way through the curriculum: a file of `content/paths/`. Its id is the file's name. */
export const pathSchema = z.strictObject({
  order: z.number().int().positive(),
  title: z.string().min(1),
  summary: z.string().min(1),
  audience: z.string().min(1),
  variants: z
    .array(z.strictObject({ id: slug, title: z.string().min(1), summary: z.string().min(1) }))
    .min(2)
    .optional(),
  groups: z.array(groupSchema).min(1),
});

export type Lesson = z.infer<typeof lessonSchema>;
export type Part = z.infer<typeof partSchema>;
export type Group = z.infer<typeof groupSchema>;
/** A path with its id. */
export type Path = z.infer<typeof pathSchema> & { id: string };
