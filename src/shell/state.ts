import type { Function as FunctionNode } from 'unbash';
import type { HostAddress, Pid } from '../../wasm-redis/machine.ts';

/** The folder in which a shell begins, where the page's server keeps its files. */
export const HOME_FOLDER = '/data';

export interface Variable {
  value: string;
  exported: boolean;
}

/** What a shell remembers from command to command. A subshell gets a copy. */
export class ShellState {
  folder = HOME_FOLDER;
  variables = new Map<string, Variable>([
    ['HOME', { value: '/root', exported: true }],
    ['TERM', { value: 'xterm-256color', exported: true }],
  ]);
  functions = new Map<string, { node: FunctionNode; source: string }>();
  /** `$1`, `$2` and so on. */
  parameters: readonly string[] = [];
  /** `$?`. */
  status = 0;
  /** `$!`. */
  lastBackground: Pid | undefined;
  /** Where programs run; undefined for the machine's own host. */
  host: HostAddress | undefined;
  /** How many loops, functions and files one is in. */
  depth = 0;
  /** `set -o pipefail`, `set -e`, `set -u`, `set -x`. */
  options = new Set<'pipefail' | 'errexit' | 'nounset' | 'xtrace'>();
  /** Whether a failure is looked at, in `if`, `!`, `&&`, so that `set -e` leaves it. */
  condition = false;
  #random = 1;

  copy(): ShellState {
    const copy = new ShellState();
    Object.assign(copy, this);
    copy.variables = new Map([...this.variables].map(([name, variable]) => [name, { ...variable }]));
    copy.functions = new Map(this.functions);
    copy.options = new Set(this.options);
    return copy;
  }

  get(name: string): string | undefined {
    if (name === 'PWD') return this.folder;
    if (name === 'RANDOM') return String(this.#nextRandom());
    return this.variables.get(name)?.value;
  }

  set(name: string, value: string): void {
    const known = this.variables.get(name);
    if (known) known.value = value;
    else this.variables.set(name, { value, exported: false });
  }

  /** What programs get. */
  get environment(): Record<string, string> {
    const exported = [...this.variables].filter(([, variable]) => variable.exported);
    return Object.fromEntries(exported.map(([name, { value }]) => [name, value]));
  }

  /** An absolute path without `.` and `..`. */
  resolve(path: string): string {
    const names: string[] = [];
    for (const name of (path.startsWith('/') ? path : `${this.folder}/${path}`).split('/')) {
      if (name === '..') names.pop();
      else if (name !== '' && name !== '.') names.push(name);
    }
    return `/${names.join('/')}`;
  }

  /** The same numbers in each shell, so that a transcript can be played again. */
  #nextRandom(): number {
    this.#random = (Math.imul(this.#random, 1103515245) + 12345) & 0x7fffffff;
    return this.#random >> 16;
  }
}
