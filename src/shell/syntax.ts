import { forEachChild, parse, type ParsedScript, type SyntaxNode } from 'unbash';

/** What a line means, or why not. */
export type Reading =
  | { kind: 'script'; script: ParsedScript }
  /** More lines must follow. `open` is the quote that has no end, if that is the reason. */
  | { kind: 'incomplete'; open: string | undefined }
  /** As bash says it, without the name of the shell. */
  | { kind: 'error'; message: string };

/** Reads what was typed: one line, or several of which the last was the end of something. */
export function readSyntax(text: string): Reading {
  const script = parse(text);
  const errors = [...(script.errors ?? []), ...nestedErrors(script)];
  if (errors.length === 0) {
    const open = /(?:^|[^\\])(?:\\\\)*\\$/.test(text) || hasOpenHereDocument(script);
    return open ? { kind: 'incomplete', open: undefined } : { kind: 'script', script };
  }
  const quote = openQuote(errors.map(({ message }) => message));
  if (quote !== undefined) return { kind: 'incomplete', open: quote };
  const end = text.trimEnd().length;
  const unfinished = errors.every(({ message }) => /^expected (?!redirect)/.test(message));
  if (unfinished && errors.some(({ pos }) => pos >= end)) return { kind: 'incomplete', open: undefined };
  return { kind: 'error', message: describeError(text, errors) };
}

/** What bash says when the input ends in something that is not complete. */
export function describeIncomplete(open: string | undefined): string {
  if (open === undefined) return 'syntax error: unexpected end of file';
  return `unexpected EOF while looking for matching \`${open}'`;
}

function describeError(text: string, errors: readonly { message: string; pos: number }[]): string {
  for (const { message } of errors) {
    const [, token] = /^unexpected token '(.*)'$/.exec(message) ?? [];
    if (token !== undefined) return `syntax error near unexpected token \`${token}'`;
  }
  const [first] = errors;
  const token = /^[^\s|&;()<>]+|^[|&;<>]{2}|^./.exec(text.slice(first?.pos).trimStart())?.[0];
  return `syntax error near unexpected token \`${token ?? 'newline'}'`;
}

function openQuote(messages: readonly string[]): string | undefined {
  const quotes: readonly (readonly [string, string])[] = [
    ['unterminated double quote', '"'],
    ['unterminated single quote', "'"],
    ['unterminated backtick', '`'],
    ['unterminated parameter', '}'],
    ['unterminated', ')'],
  ];
  return quotes.find(([beginning]) => messages.some((message) => message.startsWith(beginning)))?.[1];
}

/** A substitution is read when somebody looks at it, and keeps its own errors. */
function nestedErrors(node: SyntaxNode): { message: string; pos: number }[] {
  const found: { message: string; pos: number }[] = [];
  forEachChild(node, (child) => {
    if (child.type === 'Script' && 'errors' in child) found.push(...(child.errors ?? []));
    found.push(...nestedErrors(child));
  });
  return found;
}

function hasOpenHereDocument(node: SyntaxNode): boolean {
  let open = false;
  forEachChild(node, (child) => {
    if (child.type === 'HereDoc' && child.closing === undefined) open = true;
    open ||= hasOpenHereDocument(child);
  });
  return open;
}
