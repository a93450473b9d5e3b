import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { element } from '../../../dom/element.ts';
import { bytesOfId, escaped } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { conflictWords, edit, type Reading, readWatched } from '../key-edit.ts';
import { duration, factsCommands, type KeyFacts, readFacts, size } from '../key-facts.ts';
import type { KeySpace } from '../key-space.ts';
import { ReplyError } from '../reply.ts';
import type { ActionLog, Remedy } from './action-log.ts';
import { KeyActions } from './key-actions.ts';
import { ListView } from './list-view.ts';
import { HashView, SetView } from './set-view.ts';
import { SortedSetView } from './sorted-set-view.ts';
import { StreamView } from './stream-view.ts';
import { StringView } from './string-view.ts';
import type { OpenKey, ValueView } from './value-view.ts';

const VIEWS: Readonly<Record<string, new (open: OpenKey) => ValueView>> = {
  string: StringView,
  list: ListView,
  set: SetView,
  zset: SortedSetView,
  hash: HashView,
  stream: StreamView,
};

/** What happens to keys, for the tree beside. */
export interface KeyViewListener {
  onGone(id: string): void;
  onRenamed(from: string, to: string): void;
  /** A key is there that was not, or is of another type. */
  onMade(id: string): void;
}

/** One key: what is known of it, what can be done with it, and its value. */
export class KeyView implements OpenKey {
  readonly root = element('section', { class: 'rk-key', 'aria-label': 'Key' });
  readonly id: string;
  readonly key: Uint8Array;
  readonly space: KeySpace;
  readonly log: ActionLog;
  readonly listener: KeyViewListener;
  readonly #facts = element('dl', { class: 'rk-facts' });
  readonly #value = element('div', {});
  readonly #notice = element('p', { class: 'rk-notice', hidden: true });
  readonly #actions: KeyActions;
  readonly #shown = new Map<string, HTMLElement>();
  #view: ValueView | undefined;
  #reading: Reading | undefined;
  /** Seconds since the last access when the panel came, whose reading of the value is an access too. */
  #idleBefore: number | undefined;
  #type = '';
  #memoryBytes = 0;
  #fresh = true;
  #loading: Promise<void> = Promise.resolve();

  constructor(space: KeySpace, id: string, log: ActionLog, listener: KeyViewListener) {
    this.space = space;
    this.id = id;
    this.key = bytesOfId(id);
    this.log = log;
    this.listener = listener;
    this.#actions = new KeyActions(this);
    const name = element('h4', { class: 'rk-keyname' }, escaped(this.key) || '(empty name)');
    this.root.append(name, this.#facts, this.#actions.root, this.#notice, this.#value);
  }

  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Asks what it is and shows its value. Errors are shown, and do not reject. */
  async open(): Promise<void> {
    await this.#attempt(async () => {
      const facts = await this.#askFacts();
      this.#idleBefore = facts.idleSeconds;
      this.#showFacts(facts);
      await this.#load();
    });
  }

  /** Looks again at what is no access: time to live, memory, encoding. For a key that is gone it says so. */
  async look(): Promise<void> {
    const facts = await this.#askFacts();
    this.#showFacts(facts);
    if (facts.type !== this.#type) this.changed(facts.type);
  }

  /** Somebody else has changed it: the value is read again, unless something is typed that would be lost. */
  changed(type = this.#type): void {
    if (this.#view?.editing) {
      const now = type === this.#type ? 'has been changed' : type === 'none' ? 'is gone' : `is a ${type} now`;
      const load = element('button', { type: 'button', click: () => this.reload() }, 'Load again');
      this.#notice.replaceChildren(`The key ${now}; what you have typed is still here. `, load);
      this.#notice.hidden = false;
    } else this.reload();
  }

  reload(): void {
    this.#loading = this.#loading.then(() => this.#attempt(() => this.#load()));
  }

  async read(commands: readonly Command[]): Promise<readonly RespValue[]> {
    const { reading, replies } = await readWatched(this.space, this.id, commands, !this.#fresh);
    this.#fresh = false;
    this.#reading = reading;
    if (reading.type !== this.#type) throw new TypeChange(reading.type);
    return replies;
  }

  edit(build: () => readonly Command[], meaning?: (replies: readonly RespValue[]) => string): Promise<boolean> {
    return this.#edit(build, meaning, false);
  }

  async #edit(
    build: () => readonly Command[],
    meaning: ((replies: readonly RespValue[]) => string) | undefined,
    unguarded: boolean,
  ): Promise<boolean> {
    let commands: readonly Command[] = [];
    try {
      commands = build();
      const reading = this.#reading;
      if (!reading) return false;
      const outcome = await edit(this.space, reading, commands, unguarded);
      if (outcome.kind === 'conflict') {
        const again: Remedy = { label: 'Load again', act: () => this.reload() };
        const force = { label: 'Write it anyway', act: () => void this.#edit(build, meaning, true) };
        const words = conflictWords(reading.type, outcome.type);
        this.log.refused(words, commands, outcome.type === reading.type ? [again, force] : [again]);
        return false;
      }
      this.log.ran(commands, outcome.replies, meaning?.(outcome.replies));
    } catch (error) {
      this.log.failed(error, commands);
      return false;
    }
    this.reload();
    await this.#loading;
    return true;
  }

  async #askFacts(): Promise<KeyFacts> {
    const { replies } = await this.space.ask(this.id, factsCommands(this.key));
    return readFacts(replies);
  }

  async #load(): Promise<void> {
    this.#fresh = true;
    this.#notice.hidden = true;
    try {
      if (!this.#view) {
        const facts = await this.#askFacts();
        this.#showFacts(facts);
        this.#begin(facts.type);
      }
      await this.#view?.load();
      this.#showFacts(await this.#askFacts());
    } catch (error) {
      if (!(error instanceof TypeChange)) throw error;
      this.#begin(error.now);
      // At most once more: what changes its type all the time is looked at again by the next look.
      this.#fresh = true;
      await this.#view?.load();
    }
  }

  /** Begins anew with the view of a type. */
  #begin(type: string): void {
    const before = this.#type;
    this.#type = type;
    const View = VIEWS[type];
    this.#view = View && new View(this);
    this.#actions.root.hidden = type === 'none';
    if (this.#view) this.#value.replaceChildren(this.#view.root);
    else {
      const words =
        type === 'none' ? 'The key is gone: deleted, expired or renamed.' : `There is no view of the type ${type}.`;
      this.#value.replaceChildren(element('p', { class: 'rk-note' }, words));
    }
    if (type === 'none') this.listener.onGone(this.id);
    else if (before !== '') this.listener.onMade(this.id);
  }

  #showFacts({ type, encoding, ttlMs, memoryBytes, idleSeconds, frequency }: KeyFacts): void {
    this.#memoryBytes = memoryBytes;
    const idle = idleSeconds === undefined ? undefined : duration(idleSeconds * 1000);
    const before =
      this.#idleBefore === undefined ? '' : ` (${duration(this.#idleBefore * 1000)} before it was opened here)`;
    this.#actions.showTtl(ttlMs !== undefined);
    this.#showFact('Type', type);
    this.#showFact('Encoding', encoding);
    this.#showFact('Expires in', type === 'none' ? undefined : ttlMs === undefined ? 'never' : duration(ttlMs));
    this.#showFact('Memory', type === 'none' ? undefined : size(memoryBytes));
    this.#showFact('Idle', idle === undefined ? undefined : idle + before);
    this.#showFact('Frequency (LFU)', frequency === undefined ? undefined : String(frequency));
  }

  /** Changes only what is different: a text that somebody has selected stays selected. */
  #showFact(name: string, text: string | undefined): void {
    let shown = this.#shown.get(name);
    if (!shown) {
      shown = element('dd', {});
      this.#shown.set(name, shown);
      this.#facts.append(element('div', {}, element('dt', {}, name), shown));
    }
    shown.parentElement!.hidden = text === undefined || text === '';
    if (text !== undefined && shown.textContent !== text) shown.textContent = text;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.failed(error instanceof TypeChange ? new ReplyError('WRONGTYPE it changes all the time') : error);
    }
  }
}

/** The key is of another type than the view. */
class TypeChange extends Error {
  readonly now: string;
  constructor(now: string) {
    super(`the key is a ${now} now`);
    this.now = now;
  }
}
