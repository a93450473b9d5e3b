/** What the table keeps of a command or subcommand (`config|get`); what is absent is empty. */
export interface CommandEntry {
  keys?: readonly KeySpec[];
  /** Words that are syntax: `EX`, `NX`, `LIMIT`. */
  tokens?: readonly string[];
}

/** Where the keys of a command stand: COMMAND INFO's key specifications, defaults left out. */
export interface KeySpec {
  /** Position of the first key; the command's name is 0. */
  at?: number;
  /** Or the word that the keys follow. */
  after?: string;
  /** Position of the last key relative to the first; negative counts from the end. Default 0. */
  last?: number;
  /** Default 1. */
  step?: number;
  /** With a negative `last`: only this part of the words, 2 for the first half. */
  limit?: number;
  /** Instead of `last`: a word tells how many keys there are. Positions relative to `at`. */
  numbered?: { countAt: number; firstAt: number };
}
