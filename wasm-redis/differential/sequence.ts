/** One command of one client. Text is latin1, so a step can be kept as JSON; `<id:2>` stands for client 2's id. */
export interface Step {
  client: number;
  args: readonly string[];
  /** Time that passes afterwards, on both clocks, in milliseconds. */
  waitMs?: number;
}

/** Steps that belong together: shrinking keeps or drops them as one. */
export type Group = readonly Step[];

/** What runs on a fresh data set, with so many clients. */
export interface Sequence {
  clients: number;
  groups: readonly Group[];
}

export const stepsOf = ({ groups }: Sequence): readonly Step[] => groups.flat();

/** A step as a person types it, with escapes for what is not printable. */
export function formatStep({ client, args, waitMs }: Step): string {
  const words = args.map((arg) => (/^[\w.*:<>@+~=()[\]|&%-]+$/.test(arg) ? arg : JSON.stringify(arg)));
  const shown = words.map((word) => (word.length > 200 ? `${word.slice(0, 200)}...(${word.length})` : word));
  return `${client}> ${shown.join(' ')}${waitMs === undefined ? '' : `   # wait ${waitMs} ms`}`;
}
