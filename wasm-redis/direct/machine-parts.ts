import { Driver } from '../kernel/driver.ts';
import type { Host } from '../kernel/host.ts';
import { Kernel } from '../kernel/kernel.ts';
import { MachineError, type MachineEvent, type MachineOptions } from '../machine.ts';
import { Alarms } from './alarms.ts';
import { EventHub } from './event-hub.ts';
import { Handles } from './handles.ts';
import type { MachineSaves } from './machine-saves.ts';
import { ProgramTable } from './program-table.ts';

/** What a machine on this thread is made of: how its parts hear of each other, and end. */
export class MachineParts {
  readonly kernel: Kernel;
  readonly driver: Driver;
  readonly programs: ProgramTable;
  readonly handles = new Handles();
  readonly events = new EventHub();
  readonly alarms: Alarms;
  /** Comes with the first save. */
  saves: MachineSaves | undefined;
  #eventCount = 0;
  disposed = false;

  constructor(options: MachineOptions, host: Host) {
    this.programs = new ProgramTable(options.loadModule);
    this.kernel = new Kernel({
      host,
      seed: options.seed,
      epochMs: options.epochMs ?? host.wallMs(),
      clockRate: options.clockRate ?? 1,
    });
    this.kernel.onEvent = (event) => this.#noted(event);
    this.driver = new Driver(this.kernel);
    this.alarms = new Alarms(this.kernel, () => this.#eventCount++);
  }

  /** Throws `MachineError` EDISPOSED after `dispose`. */
  assertAlive(): void {
    if (this.disposed) throw disposed();
  }

  /** Counts what the machine has let hear or see: output, events, alarms. */
  get shown(): number {
    return this.kernel.outputs + this.#eventCount;
  }

  /** Every process dies, and whoever waits for something is rejected. Once more is not an error. */
  dispose(): void {
    if (this.disposed) return;
    this.kernel.powerFailure();
    this.disposed = true;
    this.driver.dispose();
    this.events.close(disposed());
    this.alarms.clear(disposed());
    this.saves?.clear();
  }

  #noted(event: MachineEvent): void {
    this.#eventCount++;
    if (event.type === 'exited') {
      this.handles.statuses.set(event.pid, event.status);
      this.handles.inputs.delete(event.pid);
    }
    this.events.emit(event);
  }
}

/** What rejects a call after `dispose`: `MachineError` EDISPOSED. */
export function disposed(): MachineError {
  return new MachineError('EDISPOSED', 'This machine was disposed of. Start a new one.');
}
