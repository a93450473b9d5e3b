import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import type { Plain } from '../../../wasm-redis/resp/plain.ts';
import type { NodeConnection } from '../ask.ts';
import type { Target } from './targets.ts';

/** The node that is looked at, and how. */
export interface LookedAt {
  lab: Lab;
  target: Target;
  line: NodeConnection;
}

/** One tab of the panel. */
export interface LoadView {
  readonly name: string;
  readonly root: HTMLElement;
  /** A node was chosen, or the machine is another, or was put back: what was known is forgotten. */
  begin(node: LookedAt): void;
  /** Asks and shows; called every half second while it is shown. Resolves with why there is nothing to show, if so. */
  look(): Promise<string | undefined>;
  /** It is not shown any more, or its node is another: what goes on beside the looks ends. */
  rest(): void;
}

/** Says something to the reader, on the screen and to a screen reader. */
export type Say = (text: string) => void;

/** A question that changes something: says what went wrong, and resolves with whether it went well. */
export async function tell(node: LookedAt, say: Say, ...command: string[]): Promise<boolean> {
  const answer = await node.line.ask(...command);
  const words = failureOf(node, answer);
  if (words !== undefined) say(words);
  return words === undefined;
}

/** Why an answer is none: nothing came, or an error. */
export function failureOf(node: LookedAt, answer: Plain | undefined): string | undefined {
  if (answer === undefined) return `${node.target.name} does not answer.`;
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined;
  const few = node.target.kind === 'sentinel' ? ' A Sentinel knows few commands.' : '';
  return `${node.target.name} answers: ${answer.error}${/\.$/.test(answer.error) ? '' : '.'}${few}`;
}
