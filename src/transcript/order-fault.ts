import { FaultLineError, readFaultLine } from '../../wasm-redis/lab/fault-line.ts';
import { apply } from '../../wasm-redis/lab/fault-schedule.ts';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { type Topology, TopologyError } from '../../wasm-redis/lab/topology.ts';
import type { Transcript, TranscriptProblem } from './parse.ts';

/** Does what a fault line says. Resolves with why it could not be done: a mistaken line, or a node that did not start. */
export async function orderFault(
  lab: Lab,
  text: string,
): Promise<{ expected: string; found: string; hint: string } | undefined> {
  try {
    const { fault, afterMs } = readFaultLine(text, lab.topology);
    await apply(lab, fault, afterMs);
    return undefined;
  } catch (error) {
    if (error instanceof FaultLineError) return { expected: error.expected, found: error.found, hint: error.hint };
    if (!(error instanceof TopologyError)) throw error;
    const hint = 'To show how a node fails to start, start it in the shell.';
    return { expected: 'a node that starts', found: error.message, hint };
  }
}

/** The fault lines of a transcript that cannot be read among these nodes. */
export function faultProblems({ steps }: Transcript, topology: Topology): TranscriptProblem[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'fault') return [];
    try {
      readFaultLine(step.text, topology);
      return [];
    } catch (error) {
      if (!(error instanceof FaultLineError)) throw error;
      return [{ line: step.line, expected: error.expected, found: error.found, hint: error.hint }];
    }
  });
}
