import { type Fault, type FaultsInForce, MachineError } from '../machine.ts';
import { readFault } from './fault-form.ts';
import type { Kernel } from './kernel.ts';
import { Line } from './line.ts';
import { hostNamed, LOCAL_HOST } from './socket-address.ts';

/**
 * Lets something go wrong, at once or later. Throws `MachineError` EINVAL for what is no fault, EHOSTUNREACH for a host that
 * there is not.
 *
 * @param delayMs of the machine's time
 */
export function injectFault(kernel: Kernel, fault: Fault, delayMs: number): void {
  readFault(fault);
  for (const host of hostsOf(fault)) assertHost(kernel, host);
  if (!(delayMs >= 0 && Number.isFinite(delayMs))) {
    throw new MachineError('EINVAL', `A fault comes after 0 ms or more, not after ${delayMs}.`);
  }
  kernel.network.links.makeLine ??= (...ends) => new Line(...ends);
  if (delayMs === 0) apply(kernel, fault);
  else queue(kernel, fault, kernel.clock.uptimeUs() + delayMs * 1000);
}

/** What is due at the same time happens in the order of the calls. */
function queue(kernel: Kernel, fault: Fault, atUs: number): void {
  const { faults, scheduler } = kernel;
  faults.apply = (due) => apply(kernel, due);
  faults.later.push({ id: ++faults.added, atUs, fault });
  faults.later.sort((a, b) => a.atUs - b.atUs);
  scheduler.wakeAt(atUs);
}

/** The scheduler wakes at its time all the same, and finds nothing to do. */
function cancel({ faults: { later } }: Kernel, id: number): void {
  const at = later.findIndex((fault) => fault.id === id);
  if (at >= 0) later.splice(at, 1);
}

/** What is not as it should be just now, and what is still to come. */
export function faultsInForce({ network, disks: all, faults }: Kernel): FaultsInForce {
  const links = network.links.paths.map(({ from, to, cut, latencyUs, jitterUs }) => ({
    from,
    to,
    cut,
    latencyMs: latencyUs / 1000,
    jitterMs: jitterUs / 1000,
  }));
  const disks = [...all]
    .filter(([, { freeBytes, fsyncUs }]) => freeBytes !== Infinity || fsyncUs > 0)
    .map(([host, { freeBytes, fsyncUs }]) => ({
      host,
      freeBytes: freeBytes === Infinity ? null : freeBytes,
      fsyncMs: fsyncUs / 1000,
    }));
  return { links, disks, later: faults.later.map(({ id, atUs, fault }) => ({ id, uptimeMs: atUs / 1000, fault })) };
}

function apply(kernel: Kernel, fault: Fault): void {
  const { network } = kernel;
  const both = (from: string, to: string, oneWay: boolean, change: Parameters<typeof network.links.change>[2]) => {
    network.links.change(hostNamed(from), hostNamed(to), change);
    if (!oneWay) network.links.change(hostNamed(to), hostNamed(from), change);
  };
  switch (fault.type) {
    case 'signal':
      kernel.processAt(fault.pid)?.signal(fault.signal);
      return;
    case 'cut':
      both(fault.from, fault.to, fault.oneWay ?? false, { cut: true });
      return;
    case 'latency':
      both(fault.from, fault.to, fault.oneWay ?? false, {
        latencyUs: Math.round(fault.latencyMs * 1000),
        jitterUs: Math.round((fault.jitterMs ?? 0) * 1000),
      });
      return;
    case 'split':
      for (const [group, other] of pairs(fault.groups)) {
        for (const from of group) for (const to of other) both(from, to, false, { cut: true });
      }
      return;
    case 'heal':
      if (fault.from !== undefined) both(fault.from, fault.to, fault.oneWay ?? false, { cut: false });
      else for (const { from, to } of network.links.paths) network.links.change(from, to, { cut: false });
      return;
    case 'disk': {
      const disk = kernel.diskOf(hostNamed(fault.host));
      if (fault.freeBytes !== undefined) disk.freeBytes = fault.freeBytes ?? Infinity;
      if (fault.fsyncMs !== undefined) disk.fsyncUs = Math.round(fault.fsyncMs * 1000);
      return;
    }
    case 'cancel':
      cancel(kernel, fault.id);
      return;
  }
}

function assertHost({ network: { hosts } }: Kernel, address: string): void {
  if (hosts.has(hostNamed(address))) return;
  const others = [...hosts].filter((host) => host !== LOCAL_HOST).sort();
  throw new MachineError(
    'EHOSTUNREACH',
    `expected the address of a host (127.0.0.1 is the machine's own${others.length > 0 ? `; others are ${others.join(', ')}` : ''}), found ${address}`,
  );
}

function hostsOf(fault: Fault): readonly string[] {
  switch (fault.type) {
    case 'signal':
    case 'cancel':
      return [];
    case 'cut':
    case 'latency':
      return [fault.from, fault.to];
    case 'split':
      return fault.groups.flat();
    case 'heal':
      return fault.from === undefined ? [] : [fault.from, fault.to];
    case 'disk':
      return [fault.host];
  }
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((item, at) => items.slice(at + 1).map((other): [T, T] => [item, other]));
}
