import { type Dice } from '../dice.ts';

/** What a template has at hand. */
export interface Setting {
  dice: Dice;
  /** A call of the same command as COMMAND DOCS describes it. */
  documented: () => string[];
  /** A call of some command that reads or writes data, and that a script may make. */
  data: () => string[];
}

/** Makes the calls of a command, one or several that belong together, for one client. */
export type Template = (setting: Setting) => readonly (readonly string[])[];

/** One of several calls that need nothing made up. */
export const one =
  (...choices: readonly (readonly string[])[]): Template =>
  ({ dice }) => [dice.one(choices)];
