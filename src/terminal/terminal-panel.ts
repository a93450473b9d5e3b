import type { ExitStatus } from '../../wasm-redis/machine.ts';
import { element, icon, type IconName } from '../dom/element.ts';
import {
  pageMachine,
  pageTopology,
  resetPageMachine,
  restartPageMachine,
  startPageNode,
  watchPageMachine,
  type PageMachineState,
} from '../machine/page-machine.ts';
import { watchPageNodes, type PageNode } from '../machine/page-nodes.ts';
import { EngineStatus } from './engine-status.ts';
import { heightHandle } from './height-handle.ts';
import { Notice } from './notice.ts';
import type { PasteText } from './paste-text.ts';
import { readPreference, writePreference } from './preferences.ts';
import { TerminalTabs, type NodeAddress } from './terminal-tabs.ts';

export { adoptTerminalStyles } from './terminal-styles.ts';

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
  readonly #tabs: TerminalTabs;
  readonly #notice = new Notice();
  readonly #status: EngineStatus;
  readonly #more = toolButton('plus', 'New redis-cli', () => this.#tabs.add());
  readonly #moreShells = toolButton('shell', 'New shell', () => this.#tabs.addShell());
  readonly #less = toolButton('minus', 'Close this terminal', () => this.#tabs.close());
  #nodes: readonly PageNode[] = [];
  #readAloud = readPreference('screen-reader') === 'on';
  readonly #endWatches: (() => void)[];

  constructor(host: HTMLElement, options: PanelOptions) {
    this.#host = host;
    this.#status = new EngineStatus(() => void restartPageMachine().catch(stateTells));
    this.#tabs = new TerminalTabs(this.#id, {
      hintId: `${this.#id}-hint`,
      readAloud: () => this.#readAloud,
      confirmPaste: (paste) => this.#confirmPaste(paste),
      hasMachine: () => host.dataset['engine'] === 'ready' || host.dataset['engine'] === 'busy',
      changed: () => this.#showTabs(),
    });
    const hint = element('p', { id: `${this.#id}-hint`, class: 'sr-only' }, HINT);
    const bar = element(
      'div',
      { class: 'rt-bar' },
      this.#tabs.strip.root,
      this.#more,
      this.#moreShells,
      this.#less,
      element('span', { class: 'rt-space' }),
      this.#readAloudButton(),
      toolButton('copy', 'Copy selection, or everything', () => void this.#tabs.current?.copy()),
      ...(options.reset ? [toolButton('reset', 'Reset: a fresh machine', () => void this.#reset())] : []),
      ...(options.onClose ? [toolButton('close', 'Close the terminal', options.onClose)] : []),
    );
    host.replaceChildren(bar, this.#notice.root, this.#status.root, this.#tabs.screens, hint);
    // Also on a computer with a mouse and a touch screen: the style sheet decides whether the keys are seen.
    if (matchMedia('(any-pointer: coarse)').matches) void this.#addTouchKeys(hint);
    if (options.handle) this.#addHandle(options.handle);
    host.setAttribute('role', 'region');
    host.setAttribute('aria-label', options.label);
    this.#tabs.show(pageTopology());
    this.#endWatches = [
      watchPageMachine((state) => this.#show(state)),
      watchPageNodes((nodes) => this.#showNodes(nodes)),
    ];
    void pageMachine().catch(stateTells);
  }

  async #addTouchKeys(before: HTMLElement): Promise<void> {
    const { touchKeys } = await import('./touch-keys.ts');
    before.before(touchKeys((pressed) => this.#tabs.current?.press(pressed)));
  }

  focus(): void {
    this.#tabs.current?.focus();
  }

  /** Shows the terminal of a node, and adds one if there is none. */
  showNode(node: NodeAddress): void {
    this.#tabs.showNode(node);
  }

  /** Types a line in the shown terminal, as soon as it has a prompt. */
  async typeLine(line: string): Promise<void> {
    this.focus();
    await this.#tabs.current?.typeLine(line);
  }

  /** What was printed in the shown terminal. */
  get text(): string {
    return this.#tabs.current?.text ?? '';
  }

  close(): void {
    for (const end of this.#endWatches) end();
    this.#tabs.closeAll();
    this.#host.replaceChildren();
  }

  #show(state: PageMachineState): void {
    this.#status.show(state);
    this.#host.dataset['engine'] = state.kind;
    if (state.kind === 'loading') this.#tabs.show(pageTopology());
    if (state.kind === 'ready') this.#tabs.start();
  }

  /** Says so when the server that the shown terminal talks to has ended. */
  #showNodes(nodes: readonly PageNode[]): void {
    this.#nodes = nodes;
    const ended = nodes.find(({ name, running }) => !running && name === this.#tabs.current?.program.node);
    if (!ended) this.#notice.hide();
    else
      this.#notice.show(`${nodes.length > 1 ? ended.name : 'redis-server'} has ended${howItEnded(ended.end)}.`, [
        { label: 'Start it again', act: () => void this.#startNode(ended.name) },
      ]);
  }

  async #startNode(name: string): Promise<void> {
    try {
      await startPageNode(name);
    } catch (error) {
      this.#notice.show(error instanceof Error ? error.message : String(error));
    }
    this.focus();
  }

  #showTabs(): void {
    this.#more.disabled = !this.#tabs.canAdd;
    this.#moreShells.disabled = !this.#tabs.canAdd;
    this.#less.hidden = !this.#tabs.canClose;
    this.#showNodes(this.#nodes);
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
    const answer = await this.#notice.ask('Reset the machine? Its keys will be lost.', ['Reset', 'Cancel']);
    this.focus();
    if (answer === 'Reset') await resetPageMachine().catch(stateTells);
  }

  #readAloudButton(): HTMLButtonElement {
    const button = toolButton('speak', 'Screen reader mode', () => {
      this.#readAloud = !this.#readAloud;
      writePreference('screen-reader', this.#readAloud ? 'on' : 'off');
      button.setAttribute('aria-pressed', String(this.#readAloud));
      this.#tabs.readAloud(this.#readAloud);
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

function howItEnded(status: ExitStatus | undefined): string {
  if (!status) return '';
  if (status.kind === 'exit') return status.code === 0 ? '' : ` with status ${String(status.code)}`;
  return status.kind === 'signal' ? ` by ${status.signal}` : `: it crashed (${status.message})`;
}

/** For boots whose failure the machine's state already tells everybody. */
function stateTells(): void {}
