import { MachineError } from '../../wasm-redis/machine.ts';
import { element } from '../dom/element.ts';
import { letClockRun } from '../machine/live-clock.ts';
import { pageMachine } from '../machine/page-machine.ts';
import type { PasteText } from './paste-text.ts';
import { Screen } from './screen.ts';
import { Session } from './session.ts';
import type { TabProgram } from './tab-program.ts';

/** One terminal of a panel: a screen and the session on it. */
export class TerminalTab {
  readonly name: string;
  readonly panel: HTMLElement;
  readonly program: TabProgram;
  #screen: Screen | undefined;
  #session: Session | undefined;
  #running = false;

  constructor(name: string, id: string, program: TabProgram) {
    this.name = name;
    this.program = program;
    this.panel = element('div', { class: 'rt-screen', role: 'tabpanel', id, 'aria-label': name });
  }

  /** Makes the screen; the panel must be in the document and visible. */
  open(hintId: string, screenReader: boolean, confirmPaste: (paste: PasteText) => Promise<boolean>): void {
    const screen = new Screen(this.panel, `Terminal input, ${this.name}`, hintId, screenReader, {
      onKeys: (keys) => this.#session?.press(keys),
      onResize: (size) => this.#session?.resize(size),
      confirmPaste,
    });
    this.#screen = screen;
    this.#session = new Session(screen, {
      first: this.program.argv,
      answers: async () => (await import('./shell-answers.ts')).shellAnswers(() => this.focus()),
    });
  }

  get isOpen(): boolean {
    return this.#screen !== undefined;
  }

  /** Runs its program on the page's machine unless something runs already. Ends quietly with the machine. */
  async start(): Promise<void> {
    if (this.#running || !this.#session) return;
    this.#running = true;
    try {
      const machine = await pageMachine();
      // In a lesson's machine time stands still until then; whoever types lives in time.
      await letClockRun(machine);
      await this.#session.run(machine);
    } catch (error) {
      // The machine has ended or never began: the panel says why, and starts this again when there is a new one.
      if (!(error instanceof MachineError)) throw error;
    } finally {
      this.#running = false;
      this.#screen?.reset();
    }
  }

  press(keys: string): void {
    this.#session?.press(keys);
  }

  /** Types a line as soon as there is a prompt. */
  async typeLine(line: string): Promise<void> {
    await this.#session?.prompted;
    this.press(`${line}\r`);
  }

  focus(): void {
    this.#screen?.fit();
    this.#screen?.focus();
  }

  /** Everything that was printed here, as far as it is scrolled. */
  get text(): string {
    return this.#screen?.text ?? '';
  }

  copy(): Promise<void> {
    return this.#screen?.copy() ?? Promise.resolve();
  }

  readAloud(on: boolean): void {
    if (this.#screen) this.#screen.terminal.options.screenReaderMode = on;
  }

  close(): void {
    this.#session?.close();
    this.#screen?.close();
    this.panel.remove();
  }
}
