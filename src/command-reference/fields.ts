import { z } from 'astro/zod';
import { readMachineDescription } from '../transcript/machine-description.ts';

/**
 * The frontmatter of a file in `content/commands/`. The text of the file is the example, and remarks on it. A command
 * has an example or says in `reason` why it cannot have one here.
 */
export const commandFields = z.object({
  /** What it is for, in one to three sentences; `code` in backticks, and names of commands become links. */
  purpose: z.string().min(20).max(600),
  /** Why there is no example that runs in the page. */
  reason: z.string().min(20).optional(),
  /** What runs in the page's machine, as in a lesson. */
  machine: z
    .unknown()
    .optional()
    // The page that is made of it reads it again, so it stays as it was written.
    .transform((value) => {
      readMachineDescription(value);
      return value ?? 'single';
    }),
});
