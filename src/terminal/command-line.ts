import type { Completion } from '../shell/complete.ts';
import { History } from '../shell/history.ts';
import { HistorySearch } from './history-search.ts';

/** A line being edited: the text and where the cursor stands in it, both in characters (code points). */
interface Line {
  characters: string[];
  cursor: number;
}

/** What the editor writes to: a terminal screen. */
export interface LineScreen {
  readonly size: { readonly columns: number };
  write(output: string): void;
}

/** What a line is edited with. */
export interface CommandLineOptions {
  history?: History;
  /** What Tab means for the text before the cursor. */
  complete?: (before: string) => Promise<Completion>;
}

/**
 * The prompt of the shell: one line with editing and history, in the keys of a shell (arrows, Home, End, Ctrl-A E K U W L C D,
 * Ctrl-R for what was typed before, Tab to complete).
 */
export class CommandLine {
  readonly #screen: LineScreen;
  readonly #history: History;
  readonly #complete: CommandLineOptions['complete'];
  #prompt: () => string = () => '';
  #search: HistorySearch | undefined;
  #line: Line = { characters: [], cursor: 0 };
  /** Where in the history the shown line is from; the length of the history is the line being written. */
  #at = 0;
  /** Rows between the line's first and the cursor's, as last drawn. */
  #drawnRow = 0;
  #reading: ((line: string | undefined) => void) | undefined;

  constructor(screen: LineScreen, { history = new History(), complete }: CommandLineOptions = {}) {
    this.#screen = screen;
    this.#history = history;
    this.#complete = complete;
  }

  /** Whether keys belong to the line and not to a program. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  /**
   * Shows the prompt and resolves with the line once Enter is pressed; undefined for Ctrl-D on an empty line.
   *
   * @param prompt asked at each drawing: after Ctrl-C it may be another
   */
  read(prompt: () => string): Promise<string | undefined> {
    this.#prompt = prompt;
    this.#search = undefined;
    this.#line = { characters: [], cursor: 0 };
    this.#at = this.#history.lines.length;
    this.#drawnRow = 0;
    this.#draw();
    return new Promise((resolve) => {
      this.#reading = resolve;
    });
  }

  /** Forgets the line that is being read: it will never be resolved. */
  abandon(): void {
    this.#reading = undefined;
  }

  /** Takes keys as a terminal sends them. Returns what is left when a line ends in the middle, as in a paste. */
  press(keys: string): string {
    const found = keys.matchAll(/\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Za-z]|\x1b|./gsu); // eslint-disable-line no-control-regex
    for (const match of found) {
      if (!this.#reading) return keys.slice(match.index);
      this.#key(match[0]);
    }
    return '';
  }

  #key(key: string): void {
    if (this.#search && this.#searchKey(key, this.#search)) return;
    const { characters, cursor } = this.#line;
    const action = KEYS[key];
    if (key === '\r' || key === '\n') this.#end(characters.join(''));
    else if (key === '\x04' && characters.length === 0) this.#end(undefined);
    else if (key === '\x03') {
      this.#screen.write('^C\r\n');
      this.#drawnRow = 0;
      this.#replace([], 0);
    } else if (key === '\x0c') {
      this.#screen.write('\x1b[2J\x1b[H');
      this.#drawnRow = 0;
      this.#draw();
    } else if (key === '\x12') {
      this.#search = new HistorySearch(this.#history.lines);
      this.#draw();
    } else if (key === '\t') void this.#tab();
    else if (key === '\x1b[A' || key === '\x10') this.#recall(this.#at - 1);
    else if (key === '\x1b[B' || key === '\x0e') this.#recall(this.#at + 1);
    else if (action) {
      const next = action(this.#line);
      this.#replace(next.characters, next.cursor);
    } else if (key >= ' ' && key !== '\x7f') {
      this.#replace([...characters.slice(0, cursor), key, ...characters.slice(cursor)], cursor + 1);
    }
  }

  #replace(characters: string[], cursor: number): void {
    this.#line = { characters, cursor: Math.max(0, Math.min(cursor, characters.length)) };
    this.#draw();
  }

  #recall(at: number): void {
    const { lines } = this.#history;
    if (at < 0 || at > lines.length) return;
    this.#at = at;
    const characters = [...(lines[at] ?? '')];
    this.#replace(characters, characters.length);
  }

  /** Keys while the history is searched. True if the search has taken the key. */
  #searchKey(key: string, search: HistorySearch): boolean {
    const answer = search.key(key);
    if (answer === 'search') this.#draw();
    if (answer === 'search') return true;
    this.#search = undefined;
    const found = [...(answer === 'leave' ? this.#line.characters.join('') : (search.found ?? ''))];
    this.#replace(found, found.length);
    return answer === 'leave';
  }

  async #tab(): Promise<void> {
    const { characters, cursor } = this.#line;
    const [text, reading] = [characters.join(''), this.#reading];
    const before = characters.slice(0, cursor).join('');
    const completion = await this.#complete?.(before);
    // Whoever has typed on meanwhile does not want it any more.
    if (!completion || this.#reading !== reading || this.#line.characters.join('') !== text) return;
    const { words, start } = completion;
    const [first] = words;
    if (first === undefined) return;
    const common = commonBeginning(words);
    const typed = before.slice(start);
    if (words.length === 1 || common.length > typed.length) {
      const ending = words.length === 1 && !first.endsWith('/') ? ' ' : '';
      const replaced = [...before.slice(0, start), ...common, ...ending];
      this.#replace([...replaced, ...characters.slice(cursor)], replaced.length);
      return;
    }
    const shown = words.map((word) => word.slice(word.replace(/\/$/, '').lastIndexOf('/') + 1));
    this.#screen.write(`\r\n${shown.join('  ')}\r\n`);
    this.#drawnRow = 0;
    this.#draw();
  }

  #end(line: string | undefined): void {
    this.#replace(this.#line.characters, this.#line.characters.length);
    this.#screen.write('\r\n');
    this.#history.add(line ?? '');
    const resolve = this.#reading;
    this.#reading = undefined;
    resolve?.(line);
  }

  /** Draws the line over what was drawn before; it may be longer than a row. */
  #draw(): void {
    const shown = this.#search?.shown;
    const prompt = shown?.prompt ?? this.#prompt();
    const characters = shown ? [...shown.line] : this.#line.characters;
    const cursor = shown ? characters.length : this.#line.cursor;
    const { columns } = this.#screen.size;
    const upToCursor = prompt.length + cursor;
    const total = prompt.length + characters.length;
    const endRow = Math.floor(total / columns);
    const cursorRow = Math.floor(upToCursor / columns);
    const back = this.#drawnRow > 0 ? `\x1b[${String(this.#drawnRow)}A` : '';
    // A terminal keeps its cursor in the last column of a full row until something follows.
    const wrap = total > 0 && total % columns === 0 ? ' \b' : '';
    const up = endRow > cursorRow ? `\x1b[${String(endRow - cursorRow)}A` : '';
    const right = upToCursor % columns > 0 ? `\x1b[${String(upToCursor % columns)}C` : '';
    this.#screen.write(`${back}\r\x1b[J${prompt}${characters.join('')}${wrap}${up}\r${right}`);
    this.#drawnRow = cursorRow;
  }
}

function commonBeginning([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

type Edit = (line: Line) => Line;

const toStart: Edit = ({ characters }) => ({ characters, cursor: 0 });
const toEnd: Edit = ({ characters }) => ({ characters, cursor: characters.length });
const left: Edit = ({ characters, cursor }) => ({ characters, cursor: cursor - 1 });
const right: Edit = ({ characters, cursor }) => ({ characters, cursor: cursor + 1 });
const eraseBefore: Edit = ({ characters, cursor }) =>
  cursor === 0 ? { characters, cursor } : { characters: characters.toSpliced(cursor - 1, 1), cursor: cursor - 1 };
const eraseAfter: Edit = ({ characters, cursor }) => ({ characters: characters.toSpliced(cursor, 1), cursor });
const eraseWord: Edit = ({ characters, cursor }) => {
  const before = characters
    .slice(0, cursor)
    .join('')
    .replace(/\S*\s*$/u, '');
  return { characters: [...before, ...characters.slice(cursor)], cursor: [...before].length };
};

const KEYS: Readonly<Record<string, Edit>> = {
  '\x01': toStart,
  '\x1b[H': toStart,
  '\x1bOH': toStart,
  '\x05': toEnd,
  '\x1b[F': toEnd,
  '\x1bOF': toEnd,
  '\x02': left,
  '\x1b[D': left,
  '\x06': right,
  '\x1b[C': right,
  '\x7f': eraseBefore,
  '\b': eraseBefore,
  '\x1b[3~': eraseAfter,
  '\x04': eraseAfter,
  '\x17': eraseWord,
  '\x0b': ({ characters, cursor }) => ({ characters: characters.slice(0, cursor), cursor }),
  '\x15': ({ characters, cursor }) => ({ characters: characters.slice(cursor), cursor: 0 }),
};
