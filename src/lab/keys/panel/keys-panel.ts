import { MachineError } from '../../../../wasm-redis/machine.ts';
import type { Lab } from '../../../../wasm-redis/lab/lab.ts';
import { element } from '../../../dom/element.ts';
import { placeLooking } from '../../place-panel.ts';
import { idOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { TWO_SECONDS } from '../key-connection.ts';
import { conflictWords, edit, readWatched } from '../key-edit.ts';
import { KeySpace } from '../key-space.ts';
import { ReplyError } from '../reply.ts';
import { type KeyServer, serversOf } from '../servers.ts';
import { ActionLog, wordsOf } from './action-log.ts';
import { createForm } from './create-form.ts';
import { KeyList } from './key-list.ts';
import { KeyView } from './key-view.ts';
import css from './keys.css?inline';
import { ServerChoice } from './server-choice.ts';

let panels = 0;

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeLooking(place, new KeysPanel(`rk${++panels}`), css);
}

/** The keys of a server, or of a cluster: the tree, and the key that was chosen. */
class KeysPanel {
  readonly root = element('div', { class: 'rk' });
  readonly #choice: ServerChoice;
  readonly #state = element('p', { class: 'rk-state', role: 'status' });
  readonly #list: KeyList;
  readonly #detail = element('div', { class: 'rk-detail' });
  readonly #nothing = element('p', { class: 'rk-note' }, 'Choose a key, or create one.');
  readonly #log = new ActionLog();
  #lab: Lab | undefined;
  #servers: readonly KeyServer[] = [];
  #space: KeySpace | undefined;
  #view: KeyView | undefined;
  /** The server said that the shown key has changed; the next look reads it. */
  #changed = false;

  constructor(name: string) {
    this.#choice = new ServerChoice(() => this.#connect());
    this.#list = new KeyList(name, { onOpen: (id) => void this.#open(id), onFailure: (error) => this.#fail(error) });
    const create = element(
      'details',
      {},
      element('summary', {}, 'New key'),
      createForm((build) => this.#create(build)),
    );
    this.#detail.append(this.#nothing);
    const left = element('div', {}, this.#list.root, create);
    const right = element('div', {}, this.#detail, this.#log.root);
    this.root.append(this.#choice.root, this.#state, element('div', { class: 'rk-columns' }, left, right));
  }

  /** Another machine, or the same one put back to another time, or none: all that was known is forgotten. */
  begin(lab: Lab | undefined): void {
    this.#lab = lab;
    this.#servers = [];
    this.#end();
    if (lab) void this.look();
    else this.say('Redis is starting.');
  }

  say(words: string): void {
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  /** Looks who is there and what has changed. Never rejects for what a server or the machine does. */
  async look(): Promise<void> {
    const lab = this.#lab;
    if (!lab) return;
    try {
      await this.#lookForServers(lab);
      if (lab !== this.#lab || !this.#space) return;
      await this.#list.look();
      if (this.#changed) {
        this.#changed = false;
        this.#view?.changed();
      }
      await this.#view?.look();
      const role = await this.#choice.role(this.#space);
      if (lab === this.#lab) this.say(role);
    } catch (error) {
      // The machine ended or was put back in the meantime: the next one is told by `watchPageLab`.
      if (lab === this.#lab && !(error instanceof MachineError)) this.#fail(error);
    }
  }

  close(): void {
    this.#list.close();
    this.#end();
  }

  async #lookForServers(lab: Lab): Promise<void> {
    const servers = serversOf(await lab.machine.processes(), lab.nodes);
    const same = JSON.stringify(servers) === JSON.stringify(this.#servers);
    if (lab !== this.#lab || (same && this.#space)) return;
    this.#servers = servers;
    if (servers.length === 0) {
      this.say('No server is running.');
      return;
    }
    const chosenIsThere = await this.#choice.offer(lab.machine, servers);
    if (lab === this.#lab && (!this.#space || !chosenIsThere)) this.#connect();
  }

  #connect(): void {
    this.#end();
    const { target, credentials } = this.#choice;
    if (!this.#lab || !target) return;
    const options = { database: this.#choice.database, patience: TWO_SECONDS, ...(credentials ? { credentials } : {}) };
    const space = new KeySpace(this.#lab.machine, target, options);
    space.onInvalidated = (ids) => this.#noteChange(ids);
    this.#space = space;
    this.#list.begin(space);
    void this.look();
  }

  #end(): void {
    void this.#space?.close();
    this.#space = undefined;
    this.#list.begin(undefined);
    this.#log.clear();
    this.#show(undefined);
  }

  #show(view: KeyView | undefined): void {
    this.#view = view;
    this.#detail.replaceChildren(view?.root ?? this.#nothing);
  }

  #noteChange(ids: readonly string[] | 'all'): void {
    const shown = this.#view?.id;
    if (shown !== undefined && (ids === 'all' || ids.includes(shown))) this.#changed = true;
    this.#list.forgetTypes(ids);
  }

  async #open(id: string): Promise<void> {
    const space = this.#space;
    if (!space) return;
    this.#log.clear();
    this.#changed = false;
    const view = new KeyView(space, id, this.#log, {
      onGone: (gone) => {
        this.#list.remove(gone);
        if (this.#view?.id !== gone) return;
        this.#show(undefined);
        this.#list.focus();
      },
      onRenamed: (from, to) => {
        this.#list.remove(from);
        void this.#openAfterwards(to);
      },
      onMade: (made) => void this.#openAfterwards(made),
    });
    this.#list.select(id);
    this.#show(view);
    await view.open();
  }

  /** Opens a key that an action has made, and leaves what was said of the action. */
  async #openAfterwards(id: string): Promise<void> {
    const said = [...this.#log.root.childNodes];
    const kind = this.#log.root.dataset['kind'] ?? '';
    const opened = this.#open(id);
    this.#log.root.replaceChildren(...said);
    this.#log.root.dataset['kind'] = kind;
    await opened;
  }

  async #create(build: () => { key: Uint8Array; commands: readonly Command[] }): Promise<boolean> {
    let commands: readonly Command[] = [];
    const space = this.#space;
    if (!space) return false;
    try {
      const made = build();
      commands = made.commands;
      const id = idOf(made.key);
      const { reading } = await readWatched(space, id, []);
      const outcome = reading.type === 'none' ? await edit(space, reading, commands) : undefined;
      if (outcome?.kind !== 'done') {
        const words = conflictWords('none', outcome?.type ?? reading.type);
        this.#log.refused(words, commands, [{ label: 'Open it', act: () => void this.#open(id) }]);
        return false;
      }
      this.#log.ran(commands, outcome.replies);
      await this.#openAfterwards(id);
      return true;
    } catch (error) {
      this.#log.failed(error, commands);
      return false;
    }
  }

  #fail(error: unknown): void {
    this.#choice.askToSignIn(error instanceof ReplyError && /^(NOAUTH|WRONGPASS)/.test(error.message));
    this.say(wordsOf(error));
  }
}
