import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from './finding.ts';
import type { Text } from './texts.ts';

/** Of these words, those that are in the dictionary. */
export type Speller = (words: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * British English, and the words of `content/words.txt` (`accepted`, one a line). The dictionary takes a second to read, so
 * words that it has known before are kept in the file `cache`; a check that meets none but those does not read it.
 */
export function readSpeller(accepted: string, cache?: string): Speller {
  const own = new Set(accepted.split('\n').filter((word) => word !== '' && !word.startsWith('#')));
  const met = new Set(cache !== undefined && existsSync(cache) ? readFileSync(cache, 'utf8').split('\n') : []);
  return async (words) => {
    const right = (word: string) => own.has(word) || own.has(word.toLowerCase()) || met.has(word);
    const unknown = words.filter((word) => !right(word));
    if (unknown.length > 0) {
      const known = await inDictionary(unknown);
      for (const word of known) met.add(word);
      if (cache !== undefined && known.length > 0) {
        mkdirSync(dirname(cache), { recursive: true });
        writeFileSync(cache, [...met].join('\n'));
      }
    }
    return new Set(words.filter(right));
  };
}

async function inDictionary(words: readonly string[]): Promise<string[]> {
  const [{ default: nspell }, { default: dictionary }] = await Promise.all([
    import('nspell'),
    import('dictionary-en-gb'),
  ]);
  const speller = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
  return words.filter((word) => speller.correct(word));
}

/** Words of letters alone: what holds digits, underscores or inner capitals is a name or code. */
const WORD = /[\p{L}\p{N}_’']+/gu;

/** Misspelt words, each once for a lesson. */
export async function checkSpelling(texts: readonly Text[], speller: Speller): Promise<Finding[]> {
  const lines = new Map<string, number>();
  for (const { line, text } of texts) {
    // Addresses, files and options are not words.
    const prose = text.replace(/https?:\S+|\S*[/\\@=:.<>]\w\S*|--?\w[\w-]*/g, ' ');
    for (const [raw] of prose.matchAll(WORD)) {
      const word = raw
        .replaceAll('’', "'")
        .replace(/^'+|'+$/g, '')
        .replace(/'s$/, '');
      if (word.length < 3 || /[\d_]/.test(word) || /\p{L}\p{Lu}/u.test(word) || lines.has(word)) continue;
      lines.set(word, line);
    }
  }
  const right = await speller([...lines.keys()]);
  return [...lines]
    .filter(([word]) => !right.has(word))
    .map(([word, line]) => ({
      line,
      message: `"${word}" is in no dictionary; if it is right, add it to content/words.txt`,
    }));
}
