import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { commandFields } from './src/command-reference/fields.ts';
import { partSchema, pathSchema } from './src/paths/schema.ts';
import { lessonFields } from './src/site/lesson-fields.ts';

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: lessonFields }) }),
  /** The curriculum: every part and lesson, written or planned. */
  parts: defineCollection({ loader: file('content/curriculum.json'), schema: partSchema }),
  /** The ways through it. */
  paths: defineCollection({ loader: glob({ pattern: '*.json', base: 'content/paths' }), schema: pathSchema }),
  /** Examples and remarks of the command reference; everything else on its pages comes from the engine. */
  commands: defineCollection({ loader: glob({ pattern: '*.md', base: 'content/commands' }), schema: commandFields }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
