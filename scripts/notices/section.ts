/** One work that ships with the site, and the text that its licence asks for. */
export interface Section {
  title: string;
  /** What of it ships, in a sentence. */
  use: string;
  notice: string;
}

/** The sections as plain text, each under a ruled heading. */
export function textOf(sections: readonly Section[]): string {
  return sections
    .map(({ title, use, notice }) => `${'='.repeat(80)}\n${title}\n${'-'.repeat(80)}\n${use}\n\n${notice.trim()}\n`)
    .join('\n');
}

/** The remarks of a C file that speak of copyright or licence, without their stars. Throws if there is none. */
export function noticesIn(source: string): string {
  const remarks = source.match(/\/\*[\s\S]*?\*\/|(?:^\/\/.*\n)+/gm) ?? [];
  const notices = remarks.filter((remark) => /copyright|public domain|licen[sc]e/i.test(remark)).map(withoutStars);
  if (notices.length === 0) throw new Error('no remark of this file speaks of its licence');
  return notices.join('\n\n');
}

/** The lines of C files that name a holder of copyright, each once, sorted. */
export function holdersIn(sources: readonly string[]): string[] {
  const lines = sources.flatMap((source) => source.match(/^.*Copyright ?\(c\).*$/gim) ?? []);
  return [...new Set(lines.map((line) => withoutStars(line).trim().replace(/[.,]$/, '')))].sort();
}

function withoutStars(remark: string): string {
  const lines = remark
    .split('\n')
    .map((line) => line.replace(/^\s*\/?(\*+|\/\/)\/? ?/, '').replace(/\s*\**\*\/\s*$/, ''));
  return lines
    .join('\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
