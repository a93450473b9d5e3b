import { parseTranscript } from '../transcript/parse.ts';
import { typedCommands, type KnownNames } from './example.ts';

/** A page of the course that uses a command. */
export interface Use {
  id: string;
  title: string;
}

/** What is read of a page: its address, its title, its Markdown, and the commands that its frontmatter may name. */
export interface Lesson extends Use {
  body: string;
  commands?: readonly string[];
}

const FENCE = /^[ \t>]*(`{3,}|~{3,})redis\b[^\n]*\n([\s\S]*?)^[ \t>]*\1/gm;

/** The transcripts in a page's Markdown, in order, also those that are only shown. */
export function transcriptSources(body: string): string[] {
  return [...body.matchAll(FENCE)].map(([, , source = '']) => source);
}

/** For each command the pages whose transcripts type it or whose frontmatter names it, in the order of the pages. */
export function findUses(lessons: readonly Lesson[], names: KnownNames): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { id, title, body, commands = [] } of lessons) {
    const typed = transcriptSources(body).flatMap((source) => typedCommands(parseTranscript(source), names));
    const named = commands.map((name) => name.toLowerCase().replace(' ', '|'));
    for (const name of new Set([...typed.map((command) => command.name), ...named])) {
      uses.set(name, [...(uses.get(name) ?? []), { id, title }]);
    }
  }
  return uses;
}
