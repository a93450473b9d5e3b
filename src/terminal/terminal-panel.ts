import type { ExitStatus } from '../../wasm-redis/machine.ts';
import { element, icon, type IconName } from '../dom/element.ts';
import {
  pageMachine,
  resetPageMachine,
  restartPageMachine,
  startPageNodes,
  watchPageMachine,
  type PageMachineState,
} from '../machine/page-machine.ts';
import { watchPageNodes, type PageNode } from '../machine/page-nodes.ts';
import { EngineStatus } from './engine-status.ts';
import { heightHandle } from './height-handle.ts';
import { Notice } from './notice.ts';
import type { PasteText } from './paste-text.ts';
import { readPreference, writePreference } from './preferences.ts';
import { adoptStyles } from './strict-styles.ts';
import { TabStrip } from './tab-strip.ts';
import { TerminalTab } from './terminal-tab.ts';
import terminalCss from './terminal.css?inline';
import { touchKeys } from './touch-keys.ts';

/** Enough for every lab, and few enough that nobody opens one by holding a key. */
const MOST_TABS = 8;
const HINT = 'Tab is typed into the terminal. To leave it press Shift-Tab, or Escape and then Tab.';

/** How a panel is used, from the attributes of its `<redis-terminal>`. */
export interface PanelOptions {
  label: string;
  /** Where the height can be dragged; a panel without a handle has the height that its surroundings give it. */
  handle?: { edge: 'top' | 'bottom'; preference: string; greatestPx: () => number };
  /** Whether there is a button that gives the machine back fresh; the playground has its own. */
  reset: boolean;
  /** Adds a button that puts the panel away. */
  onClose?: () => void;
}

let panels = 0;

/** Everything inside an opened `<redis-terminal>`: tabs, buttons, notices, the engine's state, the phone's keys. */
export class TerminalPanel {
  readonly #host: HTMLElement;
  readonly #id = `rt${String(++panels)}`;
  readonly #tabs: TerminalTab[] = [];
  readonly #strip = new TabStrip({
    selected: (index, byKey) => this.#select(index, !byKey),
    deleted: () => this.#closeTab(),
  });
  readonly #screens = element('div', { class: 'rt-screens' });
  readonly #notice = new Notice();
  readonly #status: EngineStatus;
  readonly #more = toolButton('plus', 'New terminal', () => this.#addTab(true));
  readonly #less = toolButton('minus', 'Close this terminal', () => this.#closeTab());
  #selected = 0;
  #opened = 0;
  #readAloud = readPreference('screen-reader') === 'on';
  readonly #endWatches: (() => void)[];

  constructor(host: HTMLElement, options: PanelOptions) {
    adoptStyles(terminalCss);
    this.#host = host;
    this.#status = new EngineStatus(() => void restartPageMachine().catch(stateTells));
    const hint = element('p', { id: `${this.#id}-hint`, class: 'sr-only' }, HINT);
    const bar = element(
      'div',
      { class: 'rt-bar' },
      this.#strip.root,
      this.#more,
      this.#less,
      element('span', { class: 'rt-space' }),
      this.#readAloudButton(),
      toolButton('copy', 'Copy selection, or everything', () => void this.#current?.copy()),
      ...(options.reset ? [toolButton('reset', 'Reset: a fresh machine', () => void this.#reset())] : []),
      ...(options.onClose ? [toolButton('close', 'Close the terminal', options.onClose)] : []),
    );
    const keys = touchKeys((pressed) => this.#current?.press(pressed));
    host.replaceChildren(bar, this.#notice.root, this.#status.root, this.#screens, keys, hint);
    if (options.handle) this.#addHandle(options.handle);
    host.setAttribute('role', 'region');
    host.setAttribute('aria-label', options.label);
    this.#addTab(false);
    this.#endWatches = [
      watchPageMachine((state) => this.#show(state)),
      watchPageNodes((nodes) => this.#showNodes(nodes)),
    ];
    void pageMachine().catch(stateTells);
  }

  focus(): void {
    this.#current?.focus();
  }

  /** Types a line in the shown terminal, as soon as it has a prompt. */
  async typeLine(line: string): Promise<void> {
    this.focus();
    await this.#current?.typeLine(line);
  }

  /** What was printed in the shown terminal. */
  get text(): string {
    return this.#current?.text ?? '';
  }

  close(): void {
    for (const end of this.#endWatches) end();
    for (const tab of this.#tabs.splice(0)) tab.close();
    this.#host.replaceChildren();
  }

  get #current(): TerminalTab | undefined {
    return this.#tabs[this.#selected];
  }

  #show(state: PageMachineState): void {
    this.#status.show(state);
    this.#host.dataset['engine'] = state.kind;
    if (state.kind === 'ready') for (const tab of this.#tabs) void tab.start();
  }

  #showNodes(nodes: readonly PageNode[]): void {
    const [ended] = nodes.filter(({ running }) => !running);
    if (!ended) this.#notice.hide();
    else
      this.#notice.show(`redis-server has ended${ended.end ? howItEnded(ended.end) : ''}.`, [
        { label: 'Start it again', act: () => void this.#startNodes() },
      ]);
  }

  async #startNodes(): Promise<void> {
    try {
      await startPageNodes();
    } catch (error) {
      this.#notice.show(error instanceof Error ? error.message : String(error));
    }
    this.focus();
  }

  #addTab(focus: boolean): void {
    if (this.#tabs.length >= MOST_TABS) return;
    const name = `redis-cli ${String(++this.#opened)}`;
    const panelId = `${this.#id}-${String(this.#opened)}`;
    const tab = new TerminalTab(name, panelId);
    this.#tabs.push(tab);
    this.#strip.add(name, panelId);
    this.#screens.append(tab.panel);
    this.#select(this.#tabs.length - 1, false);
    tab.open(`${this.#id}-hint`, this.#readAloud, (paste) => this.#confirmPaste(paste));
    if (this.#host.dataset['engine'] === 'ready' || this.#host.dataset['engine'] === 'busy') void tab.start();
    if (focus) tab.focus();
  }

  /** Closes the shown terminal, unless it is the only one. */
  #closeTab(): void {
    if (this.#tabs.length < 2) return;
    const [closed] = this.#tabs.splice(this.#selected, 1);
    this.#strip.remove(this.#selected);
    closed?.close();
    this.#select(Math.min(this.#selected, this.#tabs.length - 1), true);
  }

  #select(index: number, focus: boolean): void {
    this.#selected = index;
    this.#strip.select(index);
    this.#tabs.forEach((tab, at) => {
      tab.panel.hidden = at !== index;
    });
    this.#more.disabled = this.#tabs.length >= MOST_TABS;
    this.#less.hidden = this.#tabs.length === 1;
    if (focus) this.focus();
  }

  async #confirmPaste(paste: PasteText): Promise<boolean> {
    if (readPreference('paste') === 'always') return true;
    const question = `Paste ${String(paste.lineCount)} lines? Each is run at once.`;
    const answer = await this.#notice.ask(question, ['Paste', 'Always paste', 'Cancel']);
    if (answer === 'Always paste') writePreference('paste', 'always');
    this.focus();
    return answer === 'Paste' || answer === 'Always paste';
  }

  async #reset(): Promise<void> {
    const answer = await this.#notice.ask('Reset the machine? Its keys are gone then.', ['Reset', 'Cancel']);
    this.focus();
    if (answer === 'Reset') await resetPageMachine().catch(stateTells);
  }

  #readAloudButton(): HTMLButtonElement {
    const button = toolButton('speak', 'Screen reader mode', () => {
      this.#readAloud = !this.#readAloud;
      writePreference('screen-reader', this.#readAloud ? 'on' : 'off');
      button.setAttribute('aria-pressed', String(this.#readAloud));
      for (const tab of this.#tabs) tab.readAloud(this.#readAloud);
    });
    button.setAttribute('aria-pressed', String(this.#readAloud));
    return button;
  }

  #addHandle({ edge, preference, greatestPx }: NonNullable<PanelOptions['handle']>): void {
    const handle = heightHandle({
      name: preference,
      growsUp: edge === 'top',
      heightPx: () => this.#host.getBoundingClientRect().height,
      greatestPx,
      setHeight: (px) => this.#host.style.setProperty('--rt-height', `${String(px)}px`),
    });
    if (edge === 'top') this.#host.prepend(handle);
    else this.#host.append(handle);
  }
}

/** A button of the bar: an icon with a label that is read aloud and shown on hovering. */
function toolButton(name: IconName, label: string, act: () => void): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: 'rt-tool', 'aria-label': label, title: label, click: () => act() },
    icon(name),
  );
}

function howItEnded(status: ExitStatus): string {
  if (status.kind === 'exit') return status.code === 0 ? '' : ` with status ${String(status.code)}`;
  return status.kind === 'signal' ? ` by ${status.signal}` : `: it crashed (${status.message})`;
}

/** For boots whose failure the machine's state already tells everybody. */
function stateTells(): void {}
