import { EPOLL, ERRNO, POLL } from '../build/abi.ts';
import { OpenFile, type Watcher } from './open-file.ts';
import { type Part, rememberMap, type Snapshot } from './snapshot.ts';

/** One descriptor that an epoll instance watches. Queued while it may be ready. */
class Registration implements Watcher, Part {
  events = 0;
  /** The 64 bits of epoll_data, as two words. */
  dataLow = 0;
  dataHigh = 0;
  queued = false;
  readonly epoll: Epoll;
  readonly fd: number;
  readonly file: OpenFile;
  constructor(epoll: Epoll, fd: number, file: OpenFile) {
    this.epoll = epoll;
    this.fd = fd;
    this.file = file;
  }
  notify(): void {
    if (this.file.closed) this.epoll.forget(this);
    else if (!this.queued) this.epoll.enqueue(this);
  }
  remember(snapshot: Snapshot): () => void {
    const { events, dataLow, dataHigh, queued } = this;
    snapshot.add(this.file);
    return () => void Object.assign(this, { events, dataLow, dataHigh, queued });
  }

  ready(): number {
    return this.file.readiness() & (this.events | POLL.POLLERR | POLL.POLLHUP);
  }
}

/** An epoll(7) instance, level-triggered. Only descriptors that may be ready are looked at, as in Linux. */
export class Epoll extends OpenFile {
  readonly type = 'character';
  /** By descriptor number, then by file: a forked child's numbers are another table's. */
  readonly #registrations = new Map<number, Registration>();
  #queue: Registration[] = [];

  /** epoll_ctl(2). Returns 0 or a negative errno. */
  control(operation: number, fd: number, file: OpenFile, events: number, dataLow: number, dataHigh: number): number {
    const known = this.#registrations.get(fd);
    const registration = known?.file === file ? known : undefined;
    if (operation === EPOLL.EPOLL_CTL_DEL) {
      if (!registration) return -ERRNO.ENOENT;
      this.forget(registration);
      return 0;
    }
    if (operation === EPOLL.EPOLL_CTL_ADD && registration) return -ERRNO.EEXIST;
    if (operation === EPOLL.EPOLL_CTL_MOD && !registration) return -ERRNO.ENOENT;
    const target = registration ?? this.#register(fd, file);
    target.events = events;
    target.dataLow = dataLow;
    target.dataHigh = dataHigh;
    if (!target.queued && target.ready()) this.enqueue(target);
    return 0;
  }

  /** Calls `report` for at most `max` ready descriptors and returns how many there were. */
  collect(max: number, report: (index: number, events: number, dataLow: number, dataHigh: number) => void): number {
    const queue = this.#queue;
    if (queue.length === 0) return 0;
    const still: Registration[] = [];
    let count = 0;
    let at = 0;
    for (; at < queue.length && count < max; at++) {
      const registration = queue[at]!;
      const events = registration.ready();
      if (events === 0) {
        registration.queued = false;
        continue;
      }
      report(count++, events, registration.dataLow, registration.dataHigh);
      still.push(registration);
    }
    // Those not reached come first next time: no descriptor starves another.
    this.#queue = at < queue.length ? queue.slice(at).concat(still) : still;
    return count;
  }

  enqueue(registration: Registration): void {
    registration.queued = true;
    this.#queue.push(registration);
    this.notify();
  }

  forget(registration: Registration): void {
    registration.file.unwatch(registration);
    registration.queued = true; // and never queued again
    this.#queue = this.#queue.filter((queued) => queued !== registration);
    if (this.#registrations.get(registration.fd) === registration) this.#registrations.delete(registration.fd);
  }

  #register(fd: number, file: OpenFile): Registration {
    const stale = this.#registrations.get(fd);
    if (stale) this.forget(stale);
    const registration = new Registration(this, fd, file);
    this.#registrations.set(fd, registration);
    file.watch(registration);
    return registration;
  }

  read(): number {
    return -ERRNO.EINVAL;
  }
  write(): number {
    return -ERRNO.EINVAL;
  }
  readiness(): number {
    return this.#queue.some((registration) => registration.ready() !== 0) ? POLL.POLLIN : 0;
  }
  protected onLastClose(): void {
    for (const registration of this.#registrations.values()) registration.file.unwatch(registration);
    this.#registrations.clear();
    this.#queue = [];
  }

  override remember(snapshot: Snapshot): () => void {
    const queue = [...this.#queue];
    for (const registration of this.#registrations.values()) snapshot.add(registration);
    const restores = [super.remember(snapshot), rememberMap(this.#registrations)];
    return () => {
      for (const restore of restores) restore();
      this.#queue = [...queue];
    };
  }
}
