import { type Fault, MachineError } from '../machine.ts';

const TYPES: readonly Fault['type'][] = ['signal', 'cut', 'split', 'latency', 'heal', 'disk', 'cancel'];

/** Throws `MachineError` EINVAL unless the parts of a fault are what its type asks for. It may come from a lesson or a page. */
export function readFault(fault: Fault): void {
  const parts = fault as unknown as Record<string, unknown>;
  switch (fault.type) {
    case 'signal':
      expectOneOf(fault, 'signal', ['SIGKILL', 'SIGSTOP', 'SIGCONT', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1']);
      expectNumber(fault, 'pid', parts['pid']);
      return;
    case 'cut':
      expectDistinct(fault, fault.from, fault.to);
      return;
    case 'latency':
      expectDistinct(fault, fault.from, fault.to);
      expectNumber(fault, 'latencyMs', parts['latencyMs']);
      expectNumber(fault, 'jitterMs', parts['jitterMs'] ?? 0);
      return;
    case 'split': {
      const hosts: unknown[] = Array.isArray(fault.groups) ? fault.groups.flat() : [];
      const distinct = new Set(hosts).size === hosts.length;
      if (hosts.length === 0 || fault.groups.length < 2 || !distinct) {
        refuse(fault, 'groups', 'two or more lists of addresses, no address twice', parts['groups']);
      }
      return;
    }
    case 'heal':
      if ((fault.from === undefined) !== (fault.to === undefined)) {
        refuse(fault, 'from and to', 'both or neither', [fault.from, fault.to]);
      }
      return;
    case 'disk':
      if (fault.freeBytes !== null) expectNumber(fault, 'freeBytes', fault.freeBytes ?? 0);
      expectNumber(fault, 'fsyncMs', fault.fsyncMs ?? 0);
      return;
    case 'cancel':
      expectNumber(fault, 'id', parts['id']);
      return;
    default:
      throw new MachineError('EINVAL', `expected a fault of type ${TYPES.join(', ')}, found ${JSON.stringify(fault)}`);
  }
}

function expectNumber(fault: Fault, name: string, found: unknown): void {
  if (!(typeof found === 'number' && found >= 0 && Number.isFinite(found))) {
    refuse(fault, name, 'a number, 0 or more', found);
  }
}

function expectDistinct(fault: Fault, from: string, to: string): void {
  if (from === to) refuse(fault, 'from and to', 'two hosts, since a host cannot be cut off from itself', [from, to]);
}

function expectOneOf(fault: Fault & { type: 'signal' }, name: 'signal', expected: readonly string[]): void {
  if (!expected.includes(fault[name])) refuse(fault, name, `one of ${expected.join(', ')}`, fault[name]);
}

function refuse(fault: Fault, name: string, expected: string, found: unknown): never {
  throw new MachineError('EINVAL', `${fault.type}: expected ${name} to be ${expected}, found ${JSON.stringify(found)}`);
}
