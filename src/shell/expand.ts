import { parse, type Word, type WordPart } from 'unbash';
import { evaluate } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import type { Context } from './context.ts';
import { findFiles } from './files.ts';
import { isPattern, type Piece, textOf } from './pattern.ts';
import { expandParameter, listOf, parameter } from './parameter.ts';
import { substitute } from './substitute.ts';

/** A piece that may become several words, or none. */
type Part = Piece & {
  /** Split at white space: what an unquoted `$x` gives. */
  splits?: boolean;
  /** Each is a word of its own: `"$@"`. */
  words?: readonly string[];
};

/** The words that a word of the line becomes: variables, substitutions, braces, splitting, files. */
export async function expandWords(words: readonly Word[], context: Context): Promise<string[]> {
  const expanded: string[] = [];
  for (const word of words) {
    for (const variant of bracesOf(word)) {
      for (const pieces of split(await expandParts(variant, context))) {
        const files = isPattern(pieces) ? await findFiles(pieces, context) : [];
        expanded.push(...(files.length > 0 ? files : [textOf(pieces)]));
      }
    }
  }
  return expanded;
}

/** The same for a place where a word stays one: an assignment, a file to redirect to. */
export async function expandText(word: Word | undefined, context: Context): Promise<string> {
  return textOf(await expandPieces(word, context));
}

/** The same, and it is known what was quoted: a pattern of `case` or `${x#pattern}`. */
export async function expandPieces(word: Word | undefined, context: Context): Promise<Piece[]> {
  return word ? await expandParts(partsOf(word), context) : [];
}

/** The text of a here-document. */
export async function expandHereDocument(
  parts: readonly WordPart[] | undefined,
  text: string,
  context: Context,
): Promise<string> {
  return parts ? textOf(await expandParts(parts, context, true)) : text;
}

function partsOf(word: Word): readonly WordPart[] {
  if (word.parts) return word.parts;
  return [{ type: 'Literal', pos: word.pos, end: word.end, value: word.value, text: word.text }];
}

/** `a{1,2}` is `a1` and `a2`. */
function bracesOf(word: Word): (readonly WordPart[])[] {
  const parts = partsOf(word);
  const at = parts.findIndex((part) => part.type === 'BraceExpansion');
  const variants = at < 0 ? undefined : expandBraces(parts[at]?.text ?? '');
  if (!variants) return [parts];
  return variants.flatMap((text) => {
    const [command] = parse(`: ${text}`).commands;
    const argument = command?.command.type === 'Command' ? command.command.args[0] : undefined;
    const middle = argument?.type === 'Word' ? bracesOf(argument) : [[]];
    const rest = bracesOf({ ...word, parts: parts.slice(at + 1) });
    return middle.flatMap((between) => rest.map((after) => [...parts.slice(0, at), ...between, ...after]));
  });
}

async function expandParts(parts: readonly WordPart[], context: Context, quoted = false): Promise<Part[]> {
  const pieces: Part[] = [];
  for (const [at, part] of parts.entries()) pieces.push(...(await expandPart(part, context, quoted, at === 0)));
  return pieces;
}

async function expandPart(part: WordPart, context: Context, quoted: boolean, first: boolean): Promise<Part[]> {
  switch (part.type) {
    case 'Literal':
      if (first && !quoted && part.text.startsWith('~'))
        return [{ text: expandTilde(part.value, context), quoted: true }];
      return [{ text: part.value, quoted: true }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return [{ text: '', quoted: true }, ...(await expandParts(part.parts, context, true))];
    case 'Glob':
    case 'ExtendedGlob':
      return [{ text: part.text, quoted }];
    case 'SimpleExpansion': {
      const name = part.text.slice(1);
      const words = listOf(name, context);
      if (words && (name === '@' || !quoted)) return [{ text: '', quoted, words }];
      return [{ text: words ? words.join(' ') : parameter(name, context), quoted, splits: !quoted }];
    }
    case 'ParameterExpansion': {
      const words = part.operation || part.prefix ? undefined : listOf(part.parameter, context);
      if (words && (part.parameter === '@' || !quoted)) return [{ text: '', quoted, words }];
      return [{ text: await expandParameter(part, context), quoted, splits: !quoted }];
    }
    case 'CommandExpansion':
      return [{ text: await substitute(part.script, context), quoted, splits: !quoted }];
    case 'ArithmeticExpansion':
      return [{ text: String(await evaluate(part.expression, context)), quoted, splits: !quoted }];
    case 'BraceExpansion':
      return [{ text: part.text, quoted: true }];
    case 'ProcessSubstitution':
      throw new ExpansionError(`${part.text}: process substitution is not supported. Use a pipe or a file`);
  }
}

/** A word that means nothing. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
}

function expandTilde(text: string, context: Context): string {
  return /^~(\/|$)/.test(text) ? (context.state.get('HOME') ?? '') + text.slice(1) : text;
}

/** Makes words of the pieces: white space in what an unquoted variable gave separates them. */
function split(parts: readonly Part[]): Piece[][] {
  const words: Piece[][] = [];
  let word: Piece[] | undefined;
  const end = (): void => {
    if (word) words.push(word);
    word = undefined;
  };
  for (const { text, quoted, splits, words: list } of parts) {
    if (list) {
      for (const [at, item] of list.entries()) {
        if (at > 0) end();
        (word ??= []).push({ text: item, quoted });
      }
    } else if (!splits) (word ??= []).push({ text, quoted });
    else {
      const fields = text.split(/[ \t\n]+/);
      for (const [at, field] of fields.entries()) {
        if (at > 0) end();
        if (field !== '') (word ??= []).push({ text: field, quoted: false });
      }
    }
  }
  end();
  return words;
}
