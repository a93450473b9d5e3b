/** `exit`: leaves the shell. With `'line'` only what is left of the line. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly status: number;
  readonly scope: 'shell' | 'line';
  constructor(status: number, scope: 'shell' | 'line' = 'shell') {
    super('exit');
    this.status = status;
    this.scope = scope;
  }
}

/** `return`: leaves a function or a file that was read in. */
export class Return extends Error {
  override readonly name = 'Return';
  readonly status: number;
  constructor(status: number) {
    super('return');
    this.status = status;
  }
}

/** `break` and `continue`: leaves so many loops. */
export class LeaveLoop extends Error {
  override readonly name = 'LeaveLoop';
  readonly kind: 'break' | 'continue';
  levels: number;
  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}
