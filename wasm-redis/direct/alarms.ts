import type { Kernel } from '../kernel/kernel.ts';

interface Alarm {
  atUs: number;
  resolve: () => void;
  reject: (reason: Error) => void;
}

/** Whoever waits outside for a time of the machine. They are no part of it: when it is put back, they are told. */
export class Alarms {
  readonly #kernel: Kernel;
  readonly #onAlarm: () => void;
  #waiting: Alarm[] = [];

  /** @param onAlarm called when a time that somebody waits for has come */
  constructor(kernel: Kernel, onAlarm: () => void) {
    this.#kernel = kernel;
    this.#onAlarm = onAlarm;
    const inner = kernel.scheduler.onAlarm;
    kernel.scheduler.onAlarm = (nowUs) => {
      inner(nowUs);
      this.#run(nowUs);
    };
  }

  /** Resolves when `us` have passed; rejects with what `clear` is given. */
  after(us: number): Promise<void> {
    const { clock, scheduler } = this.#kernel;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ atUs: clock.uptimeUs() + us, resolve, reject });
      this.#waiting.sort((a, b) => a.atUs - b.atUs);
      scheduler.wakeAt(this.#waiting[0]?.atUs ?? Infinity);
    });
  }

  clear(reason: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  #run(nowUs: number): void {
    for (let [next] = this.#waiting; next && next.atUs <= nowUs; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#onAlarm();
      next.resolve();
    }
    this.#kernel.scheduler.wakeAt(this.#waiting[0]?.atUs ?? Infinity);
  }
}
