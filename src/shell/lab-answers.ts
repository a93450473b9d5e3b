import { writeDuration } from '../../wasm-redis/lab/duration.ts';
import { FAULT_FORMS, faultLine, FaultLineError, readFaultLine } from '../../wasm-redis/lab/fault-line.ts';
import { apply } from '../../wasm-redis/lab/fault-schedule.ts';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { asLabFault } from '../../wasm-redis/lab/later-faults.ts';
import { TopologyError } from '../../wasm-redis/lab/topology.ts';
import { MachineError } from '../../wasm-redis/machine.ts';
import type { ShellHost } from './context.ts';

/** What a shell asks of the nodes of a machine: the addresses of `on shop`, and what `fault cut shop copy` does. */
export function labAnswers(lab: Lab): Required<Pick<ShellHost, 'addressOf' | 'fault' | 'nodeNames'>> {
  return {
    nodeNames: lab.topology.nodes.map(({ name }) => name),
    addressOf: async (name) => lab.topology.nodes.find((node) => node.name === name)?.host,
    fault: async (line) => {
      if (line === '' || line === 'help') return [...forms(), ...(await toCome(lab))].join('\n');
      try {
        const { fault, afterMs } = readFaultLine(line, lab.topology);
        await apply(lab, fault, afterMs);
        return '';
      } catch (error) {
        if (error instanceof FaultLineError || error instanceof TopologyError || error instanceof MachineError) {
          throw new Error(error.message, { cause: error });
        }
        throw error;
      }
    },
  };
}

function forms(): string[] {
  const width = Math.max(...FAULT_FORMS.map(({ form }) => form.length));
  return [
    ...FAULT_FORMS.map(({ form, does }) => `fault ${form.padEnd(width)}  ${does}`),
    'At the end of each but restart and cancel: after 3s.',
  ];
}

/** What was ordered for later, by the time until then. */
async function toCome({ machine, nodes, topology }: Lab): Promise<string[]> {
  const [{ later }, { uptimeMs: nowMs }] = await Promise.all([machine.faults(), machine.clock()]);
  return later.flatMap(({ uptimeMs, fault }) => {
    const known = asLabFault(fault, nodes);
    return known
      ? [`Due in ${writeDuration(uptimeMs - nowMs)}: ${faultLine({ fault: known, afterMs: 0 }, topology)}`]
      : [];
  });
}
