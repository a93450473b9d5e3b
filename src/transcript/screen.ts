/** Something with a prompt: a line is typed, text appears, and it reads the next line or does not. */
export interface Screen {
  /** Hands over one line. Only when `ready`. */
  type(line: string): Promise<void>;
  /**
   * Resolves `true` when the next line can be typed; `false` when `limitMs` of the machine's time pass first, and the machine
   * has nothing to do at that time. Rejects with a `ScreenError` when what runs there has crashed.
   */
  ready(limitMs: number): Promise<boolean>;
  /** Ctrl-C. */
  interrupt(): Promise<void>;
  /** The lines that have appeared since the last call, without blank ones around them. */
  takeLines(): string[];
}

/** What runs on a screen has ended in a way that no transcript can mean. */
export class ScreenError extends Error {
  override readonly name = 'ScreenError';
}
