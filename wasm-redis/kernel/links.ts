import { ERRNO } from '../build/abi.ts';
import { ConnectionPace } from './connection-pace.ts';
import type { Line } from './line.ts';
import { CONNECT_RETRIES, givenUpUs, nextRetryUs } from './retransmission.ts';
import { type Part, rememberFields, rememberMap, rememberSet, type Snapshot } from './snapshot.ts';
import type { SocketAddress } from './socket-address.ts';
import type { Socket } from './socket.ts';

/** One direction between two hosts. */
export interface Path {
  readonly from: string;
  readonly to: string;
  /** Whatever is sent is lost, and nobody is told. */
  cut: boolean;
  latencyUs: number;
  /** Up to so much is added to the latency, by chance. Order is kept all the same. */
  jitterUs: number;
}

/** What links need of the machine. */
export interface NetworkTime {
  /** Microseconds since boot. */
  nowUs(): number;
  /** Asks for `Links.run` at an uptime; earlier requests stand. */
  wakeAt(uptimeUs: number): void;
  /** A random number from 0 up to, not including, 1. */
  fraction(): number;
}

/** A connection that is being made over a link that is slow or cut. */
interface Attempt {
  socket: Socket;
  address: SocketAddress & { family: 'inet' };
  path: Path;
  back: Path;
  sinceUs: number;
  dueUs: number;
}

/**
 * The links between hosts that are cut or slow, and what is under way on them. Between all other hosts bytes are there at
 * once: no line, no cost.
 */
export class Links implements Part {
  readonly time: NetworkTime;
  /** Comes with the first fault, for without one there are no lines. */
  makeLine?: (links: Links, from: Socket, to: Socket, path: Path) => Line;
  /** Those that a fault ever concerned; a line keeps its path. */
  readonly #paths = new Map<string, Path>();
  /** Connected sockets whose other end is on another host: those that a fault may concern. */
  readonly #crossing = new Set<Socket>();
  readonly #lines = new Set<Line>();
  #attempts: Attempt[] = [];
  readonly #pace = new ConnectionPace();

  constructor(time: NetworkTime) {
    this.time = time;
  }

  /** The directions that are not ideal, by their names. */
  get paths(): Path[] {
    const faulty = [...this.#paths.values()].filter((path) => !isIdeal(path));
    return faulty.sort((a, b) => (nameOf(a.from, a.to) < nameOf(b.from, b.to) ? -1 : 1));
  }

  /** Changes one direction. What is on its way is lost by a cut, and sent again after the link is whole. */
  change(from: string, to: string, change: Partial<Pick<Path, 'cut' | 'latencyUs' | 'jitterUs'>>): void {
    // Both directions together: a connection has a line at each end or at none.
    const back = this.#pathOf(to, from);
    const path = this.#pathOf(from, to);
    Object.assign(path, change);
    for (const socket of this.#crossing) {
      const { peer } = socket;
      if (
        !peer ||
        socket.line ||
        !((socket.host === from && peer.host === to) || (socket.host === to && peer.host === from))
      )
        continue;
      const outgoing = socket.host === from ? path : back;
      socket.line = this.#line(socket, peer, outgoing);
      this.#lines.add(socket.line);
    }
    const nowUs = this.time.nowUs();
    for (const line of this.#lines) if (line.path === path) line.pathChanged(nowUs);
    for (const attempt of this.#attempts) {
      if (attempt.path === path || attempt.back === path) attempt.dueUs = this.#attemptDueUs(attempt, nowUs);
    }
    for (const line of [...this.#lines]) if (line.path === path || line.path === back) this.emptied(line);
    this.wakeAt(this.#nextUs());
  }

  /** A connection stands between two hosts. */
  joined(a: Socket, b: Socket): void {
    this.#crossing.add(a).add(b);
    const { path, back } = this.#between(a.host, b.host) ?? {};
    if (!path || !back) return;
    this.#lines.add((a.line = this.#line(a, b, path)));
    this.#lines.add((b.line = this.#line(b, a, back)));
  }

  /** A socket is closed. What it has sent is still on its way. */
  left(socket: Socket): void {
    // On one host there are none, and looking for an object in a set is not free.
    if (this.#crossing.size > 0) this.#crossing.delete(socket);
    if (this.#attempts.length > 0) this.#attempts = this.#attempts.filter((attempt) => attempt.socket !== socket);
  }

  /** Makes a connection later, if the link asks for it: false if it is ideal, and has not had too many just now. */
  attempt(socket: Socket, address: SocketAddress & { family: 'inet' }, target: string): boolean {
    const sinceUs = this.time.nowUs();
    const paceUs = this.#pace.next(nameOf(socket.host, target), sinceUs);
    const faulty = this.#between(socket.host, target);
    if (!faulty && paceUs === sinceUs) return false;
    const { path, back } = faulty ?? {
      path: this.#pathOf(socket.host, target),
      back: this.#pathOf(target, socket.host),
    };
    const attempt: Attempt = { socket, address, path, back, sinceUs, dueUs: 0 };
    attempt.dueUs =
      path.cut || back.cut ? this.#attemptDueUs(attempt, sinceUs) : paceUs + this.travelUs(path) + this.travelUs(back);
    this.#attempts.push(attempt);
    this.wakeAt(attempt.dueUs);
    return true;
  }

  /** Does what is due. @param connect makes a connection at once; a negative errno but EINPROGRESS is its failure */
  run(nowUs: number, connect: (socket: Socket, address: SocketAddress) => number): void {
    for (const line of [...this.#lines]) if (line.dueUs <= nowUs) line.deliver(nowUs);
    const due = this.#attempts.filter(({ dueUs }) => dueUs <= nowUs);
    this.#attempts = this.#attempts.filter(({ dueUs }) => dueUs > nowUs);
    for (const { socket, address, path, back } of due) {
      const result = path.cut || back.cut ? -ERRNO.ETIMEDOUT : connect(socket, address);
      if (result !== 0 && result !== -ERRNO.EINPROGRESS) socket.fail(result);
    }
    this.wakeAt(this.#nextUs());
  }

  wakeAt(uptimeUs: number): void {
    if (uptimeUs !== Infinity) this.time.wakeAt(uptimeUs);
  }

  /** How long something that is sent now takes. */
  travelUs({ latencyUs, jitterUs }: Path): number {
    return latencyUs + (jitterUs > 0 ? Math.floor(this.time.fraction() * jitterUs) : 0);
  }

  /** Whether what a socket sends to another is lost. */
  isCut(from: Socket, to: Socket): boolean {
    return this.#paths.get(nameOf(from.host, to.host))?.cut === true;
  }

  /** Whether a connection cannot be made from one host to another: what is sent is lost in one direction at least. */
  isLossy(from: string, to: string): boolean {
    return [nameOf(from, to), nameOf(to, from)].some((name) => this.#paths.get(name)?.cut === true);
  }

  /** Nothing is on the line. On an ideal link the connection goes without lines from here on. */
  emptied(line: Line): void {
    const { from, to } = line;
    const other = to.line;
    if (from.peer !== to || to.peer !== from || this.#between(from.host, to.host)) return;
    if (line.empty && other?.empty) this.remove(line, other);
  }

  /** Takes lines away with what is on them. */
  remove(...lines: readonly (Line | undefined)[]): void {
    for (const line of lines) {
      if (!line) continue;
      line.clear();
      this.#lines.delete(line);
      line.from.line = undefined;
    }
  }

  remember(snapshot: Snapshot): () => void {
    const attempts = [...this.#attempts];
    for (const part of [...this.#crossing, ...this.#lines, ...attempts.map(({ socket }) => socket)]) snapshot.add(part);
    const restores = [
      rememberMap(this.#paths),
      rememberSet(this.#crossing),
      rememberSet(this.#lines),
      rememberFields([...this.#paths.values(), ...attempts]),
      this.#pace.remember(),
    ];
    return () => {
      for (const restore of restores) restore();
      this.#attempts = [...attempts];
    };
  }

  #line(from: Socket, to: Socket, path: Path): Line {
    if (!this.makeLine) throw new Error('a link has a fault before anything knows of faults');
    return this.makeLine(this, from, to, path);
  }

  #attemptDueUs({ path, back, sinceUs }: Attempt, nowUs: number): number {
    if (path.cut || back.cut) return givenUpUs(CONNECT_RETRIES, sinceUs);
    const sentAgainUs = nextRetryUs(CONNECT_RETRIES, sinceUs, nowUs);
    if (sentAgainUs === Infinity) return givenUpUs(CONNECT_RETRIES, sinceUs);
    return sentAgainUs + this.travelUs(path) + this.travelUs(back);
  }

  #nextUs(): number {
    let next = Infinity;
    for (const { dueUs } of this.#lines) next = Math.min(next, dueUs);
    for (const { dueUs } of this.#attempts) next = Math.min(next, dueUs);
    return next;
  }

  /** Both directions, unless both are ideal. */
  #between(from: string, to: string): { path: Path; back: Path } | undefined {
    const path = this.#paths.get(nameOf(from, to));
    const back = this.#paths.get(nameOf(to, from));
    return path && back && !(isIdeal(path) && isIdeal(back)) ? { path, back } : undefined;
  }

  #pathOf(from: string, to: string): Path {
    const name = nameOf(from, to);
    let path = this.#paths.get(name);
    if (!path) this.#paths.set(name, (path = { from, to, cut: false, latencyUs: 0, jitterUs: 0 }));
    return path;
  }
}

function nameOf(from: string, to: string): string {
  return `${from} ${to}`;
}

function isIdeal({ cut, latencyUs, jitterUs }: Path): boolean {
  return !cut && latencyUs === 0 && jitterUs === 0;
}
