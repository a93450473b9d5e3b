import { parse } from 'shell-quote';

/** One program of a pipeline, with what its input and its output are redirected to. */
export interface ShellStage {
  words: readonly string[];
  inputFile?: string;
  output?: { file: string; append: boolean };
  /** The shell does not wait for it. */
  background?: boolean;
}

/**
 * Splits a line into the stages of one pipeline. `$?` is the last exit status; other variables are empty. Throws a
 * `ShellSyntaxError` for what a bigger shell would understand.
 */
export function parseShellLine(line: string, lastStatus: number): ShellStage[] {
  const stages: ShellStage[] = [{ words: [] }];
  const entries = parse(line, { '?': String(lastStatus) });
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const stage = stages.at(-1);
    if (entry === undefined || !stage) break;
    if (typeof entry === 'string') stage.words = [...stage.words, entry];
    else if ('comment' in entry) throw new ShellSyntaxError('#', 'Put it in quotes.');
    // No file names are completed, so a pattern is the word itself, as in a shell where no file matches.
    else if (entry.op === 'glob') stage.words = [...stage.words, 'pattern' in entry ? entry.pattern : ''];
    else if (entry.op === '|') stages.push({ words: [] });
    else if (entry.op === '&' && i === entries.length - 1) stage.background = true;
    else if (entry.op === '<' || entry.op === '>' || entry.op === '>>') {
      const file = entries[++i];
      if (typeof file !== 'string') throw new ShellSyntaxError(entry.op, 'The name of a file follows it.');
      if (entry.op === '<') stage.inputFile = file;
      else stage.output = { file, append: entry.op === '>>' };
    } else
      throw new ShellSyntaxError(
        entry.op,
        'It knows programs, |, <, >, >> and & at the end. Write further commands on lines of their own.',
      );
  }
  if (stages.some((stage) => stage.words.length === 0))
    throw new ShellSyntaxError('|', 'A program is missing beside it.');
  return stages;
}

/** The line is more than this shell understands. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
  constructor(found: string, hint: string) {
    super(`this small shell cannot read \`${found}\`. ${hint}`);
  }
}
