import { element } from '../dom/element.ts';
import { addressOptions } from '../transcript/client-options.ts';
import type { PasteText } from './paste-text.ts';
import { SHELL_TAB, tabPrograms, type TabProgram } from './tab-program.ts';
import type { LabNodeDescription, Topology } from '../../wasm-redis/lab/topology.ts';
import { TabStrip } from './tab-strip.ts';
import { TerminalTab } from './terminal-tab.ts';

/** Enough for every lab, and few enough that nobody opens one by holding a key. Beside those of the nodes. */
const MOST_OWN_TABS = 8;

/** A node, and where it listens. */
export type NodeAddress = Pick<LabNodeDescription, 'name' | 'host' | 'port'>;

/** What the tabs need of the panel around them. */
export interface TerminalTabsEvents {
  /** Of the element that says how the focus leaves a terminal. */
  hintId: string;
  readAloud(): boolean;
  confirmPaste(paste: PasteText): Promise<boolean>;
  /** Whether there is a machine for a terminal to begin on. */
  hasMachine(): boolean;
  /** Another tab is shown, or there are others to choose from. */
  changed(): void;
}

/**
 * The terminals of a panel: one for each node of the lab, which are always there, and those that the reader has added. A
 * screen is made when its tab is first shown, and only then redis-cli is started.
 */
export class TerminalTabs {
  readonly strip = new TabStrip({
    selected: (index, byKey) => this.select(index, !byKey),
    deleted: () => this.close(),
  });
  readonly screens = element('div', { class: 'rt-screens' });
  readonly #id: string;
  readonly #events: TerminalTabsEvents;
  readonly #tabs: TerminalTab[] = [];
  #topology: Topology | undefined;
  /** How many tabs at the beginning belong to nodes and stay. */
  #kept = 0;
  #selected = 0;
  /** Counts tabs for their ids, and those of each name for theirs. */
  #made = 0;
  readonly #named = new Map<string, number>();

  constructor(id: string, events: TerminalTabsEvents) {
    this.#id = id;
    this.#events = events;
  }

  get current(): TerminalTab | undefined {
    return this.#tabs[this.#selected];
  }

  /** Whether the shown terminal may be closed. */
  get canClose(): boolean {
    return this.#kept > 1 ? this.#selected >= this.#kept : this.#tabs.length > 1;
  }

  get canAdd(): boolean {
    return this.#tabs.length - this.#kept < MOST_OWN_TABS - 1;
  }

  /** The terminals of a topology take the place of all that were there. The same one again: nothing happens. */
  show(topology: Topology): void {
    if (topology === this.#topology) return;
    this.#topology = topology;
    this.closeAll();
    this.#named.clear();
    const programs = tabPrograms(topology);
    for (const program of programs) this.#add(program);
    this.#kept = programs.length;
    this.select(0, false);
  }

  /** Starts what the shown terminals begin with, as far as nothing runs there. */
  start(): void {
    for (const tab of this.#tabs) if (tab.isOpen) void tab.start();
  }

  /** Adds a terminal with the redis-cli that the shown one has, or the first if it has none, and shows it. */
  add(): void {
    const program = this.current?.program.argv ? this.current.program : this.#tabs[0]?.program;
    if (program) this.#addAndShow(program);
  }

  /** Adds a terminal with a shell and shows it. */
  addShell(): void {
    this.#addAndShow(SHELL_TAB);
  }

  /** Shows the terminal of a node; for a process that no tab belongs to yet, it is added. */
  showNode({ name, host, port }: NodeAddress): void {
    const at = this.#tabs.findIndex(({ program }) => program.node === name);
    if (at < 0 && !this.canAdd) return;
    if (at < 0) this.#add({ name, argv: ['redis-cli', ...addressOptions({ host, port })], node: name });
    this.select(at < 0 ? this.#tabs.length - 1 : at, true);
  }

  /** Closes the shown terminal, if it may be closed. */
  close(): void {
    if (!this.canClose) return;
    const [closed] = this.#tabs.splice(this.#selected, 1);
    this.strip.remove(this.#selected);
    closed?.close();
    this.select(Math.min(this.#selected, this.#tabs.length - 1), true);
  }

  closeAll(): void {
    for (const tab of this.#tabs.splice(0)) {
      this.strip.remove(0);
      tab.close();
    }
  }

  select(index: number, focus: boolean): void {
    this.#selected = index;
    this.strip.select(index);
    this.#tabs.forEach((tab, at) => {
      tab.panel.hidden = at !== index;
    });
    const { current } = this;
    // A screen needs a place that can be measured; before the first look it has none.
    if (current && !current.isOpen) {
      const events = this.#events;
      current.open(events.hintId, events.readAloud(), (paste) => events.confirmPaste(paste));
      if (events.hasMachine()) void current.start();
    }
    this.#events.changed();
    if (focus) current?.focus();
  }

  readAloud(on: boolean): void {
    for (const tab of this.#tabs) tab.readAloud(on);
  }

  #addAndShow(program: TabProgram): void {
    if (!this.canAdd) return;
    this.#add(program);
    this.select(this.#tabs.length - 1, true);
  }

  #add(program: TabProgram): void {
    const count = (this.#named.get(program.name) ?? 0) + 1;
    this.#named.set(program.name, count);
    const name = count > 1 || program.name === 'redis-cli' ? `${program.name} ${count}` : program.name;
    const panelId = `${this.#id}-${++this.#made}`;
    const tab = new TerminalTab(name, panelId, program);
    tab.panel.hidden = true;
    this.#tabs.push(tab);
    this.strip.add(name, panelId);
    this.screens.append(tab.panel);
  }
}
