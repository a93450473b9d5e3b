import { type Fault, type FaultsInForce, MachineError } from '../machine.ts';
import type { Kernel } from './kernel.ts';
import { hostNamed, LOCAL_HOST } from './network.ts';
import { type Part, rememberArray } from './snapshot.ts';

/** Everything that can go wrong on purpose: at once, or at a later time of the machine. */
export class Faults implements Part {
  readonly #kernel: Kernel;
  #later: { atUs: number; fault: Fault }[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Uptime of the next fault; Infinity if there is none. */
  get dueUs(): number {
    return this.#later[0]?.atUs ?? Infinity;
  }

  /**
   * Lets something go wrong that `fault-form.ts` has read. Throws `MachineError` EHOSTUNREACH for a host that there is not, EINVAL
   * for a delay that is none.
   *
   * @param delayMs of the machine's time; what is due at the same time happens in the order of the calls
   */
  inject(fault: Fault, delayMs: number): void {
    for (const host of hostsOf(fault)) this.#assertHost(host);
    if (!(delayMs >= 0 && Number.isFinite(delayMs))) {
      throw new MachineError('EINVAL', `A fault comes after 0 ms or more, not after ${delayMs}.`);
    }
    if (delayMs === 0) {
      this.#apply(fault);
      return;
    }
    const { clock, scheduler } = this.#kernel;
    this.#later.push({ atUs: clock.uptimeUs() + delayMs * 1000, fault });
    this.#later.sort((a, b) => a.atUs - b.atUs);
    scheduler.wakeAt(this.dueUs);
  }

  /** Applies what is due. */
  run(nowUs: number): void {
    for (let [next] = this.#later; next && next.atUs <= nowUs; [next] = this.#later) {
      this.#later.shift();
      this.#apply(next.fault);
    }
    this.#kernel.scheduler.wakeAt(this.dueUs);
  }

  /** What is not as it should be just now. */
  inForce(): FaultsInForce {
    const links = this.#kernel.network.links.paths.map(({ from, to, cut, latencyUs, jitterUs }) => ({
      from,
      to,
      cut,
      latencyMs: latencyUs / 1000,
      jitterMs: jitterUs / 1000,
    }));
    const disks = [...this.#kernel.disks]
      .filter(([, { freeBytes, fsyncUs }]) => freeBytes !== Infinity || fsyncUs > 0)
      .map(([host, { freeBytes, fsyncUs }]) => ({
        host,
        freeBytes: freeBytes === Infinity ? null : freeBytes,
        fsyncMs: fsyncUs / 1000,
      }));
    return { links, disks, later: this.#later.map(({ atUs, fault }) => ({ uptimeMs: atUs / 1000, fault })) };
  }

  remember(): () => void {
    return rememberArray(this.#later);
  }

  #apply(fault: Fault): void {
    const { network } = this.#kernel;
    const both = (from: string, to: string, oneWay: boolean, change: Parameters<typeof network.links.change>[2]) => {
      network.links.change(hostNamed(from), hostNamed(to), change);
      if (!oneWay) network.links.change(hostNamed(to), hostNamed(from), change);
    };
    switch (fault.type) {
      case 'signal':
        this.#kernel.processAt(fault.pid)?.signal(fault.signal);
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
        const disk = this.#kernel.diskOf(hostNamed(fault.host));
        if (fault.freeBytes !== undefined) disk.freeBytes = fault.freeBytes ?? Infinity;
        if (fault.fsyncMs !== undefined) disk.fsyncUs = Math.round(fault.fsyncMs * 1000);
        return;
      }
    }
  }

  #assertHost(address: string): void {
    const { hosts } = this.#kernel.network;
    if (hosts.has(hostNamed(address))) return;
    const others = [...hosts].filter((host) => host !== LOCAL_HOST).sort();
    throw new MachineError(
      'EHOSTUNREACH',
      `expected the address of a host (127.0.0.1 is the machine's own${others.length > 0 ? `; others are ${others.join(', ')}` : ''}), found ${address}`,
    );
  }
}

function hostsOf(fault: Fault): readonly string[] {
  switch (fault.type) {
    case 'signal':
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
