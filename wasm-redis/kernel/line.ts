import { ERRNO } from '../build/abi.ts';
import type { Links, Path } from './links.ts';
import { DATA_RETRIES, givenUpUs, nextRetryUs } from './retransmission.ts';
import { type Part, rememberFields, type Snapshot } from './snapshot.ts';
import { type Socket, SOCKET_BUFFER_BYTES } from './socket.ts';

/** Something on its way. `close` is an end after which nobody is there any more. */
export type Parcel = { dueUs: number } & ({ kind: 'bytes'; bytes: Uint8Array } | { kind: 'end' | 'close' | 'reset' });

/**
 * What one end of a connection has sent and the other has not got yet, in order: bytes, and the end of them. Only
 * connections over a link that is slow or cut have lines, one at each end; on all others what is written is there.
 *
 * What a cut link loses is sent again as TCP would, so it arrives some time after the link is whole.
 */
export class Line implements Part {
  readonly from: Socket;
  readonly to: Socket;
  readonly path: Path;
  readonly #links: Links;
  #parcels: Parcel[] = [];
  #byteCount = 0;
  /** The receiver's buffer is full: goes on when it has read. */
  #blocked = false;
  /** Uptime at which the oldest of the parcels was lost. */
  #lostUs: number | undefined;

  constructor(links: Links, from: Socket, to: Socket, path: Path) {
    this.#links = links;
    this.from = from;
    this.to = to;
    this.path = path;
  }

  get empty(): boolean {
    return this.#parcels.length === 0;
  }

  /** Bytes that it takes until some have arrived. */
  get space(): number {
    return SOCKET_BUFFER_BYTES - this.#byteCount;
  }

  /** Uptime at which it has something to do, Infinity if never. */
  get dueUs(): number {
    const [next] = this.#parcels;
    if (!next) return Infinity;
    if (this.#lostUs !== undefined && this.path.cut) return givenUpUs(DATA_RETRIES, this.#lostUs);
    return this.#blocked ? Infinity : next.dueUs;
  }

  /** As write(2): the count taken, or EAGAIN (negative). */
  send(from: Uint8Array, start: number, count: number): number {
    const taken = Math.min(count, this.space);
    if (taken === 0 && count > 0) return -ERRNO.EAGAIN;
    this.#byteCount += taken;
    this.#push({ kind: 'bytes', bytes: from.slice(start, start + taken), dueUs: this.#arrivalUs() });
    return taken;
  }

  /** The sender writes no more; with `closed` it does not read either. */
  end(closed: boolean): void {
    this.#push({ kind: closed ? 'close' : 'end', dueUs: this.#arrivalUs() });
  }

  /** The sender has closed with bytes unread. A reset that is lost is not sent again, and nothing is sent after it. */
  reset(): void {
    if (this.path.cut) {
      this.from.network.tap?.reset(this.from, true);
      this.#links.remove(this);
    } else this.#push({ kind: 'reset', dueUs: this.#arrivalUs() });
  }

  /** The path has been cut, or is whole again, or takes another time. */
  pathChanged(nowUs: number): void {
    if (this.empty) return;
    if (this.path.cut) {
      this.#lostUs ??= nowUs;
      this.from.network.tap?.lost(this.from, this.#parcels);
    } else if (this.#lostUs !== undefined) {
      const sentAgainUs = nextRetryUs(DATA_RETRIES, this.#lostUs, nowUs);
      const dueUs = sentAgainUs + this.#links.travelUs(this.path);
      for (const parcel of this.#parcels) parcel.dueUs = dueUs;
      this.from.network.tap?.againAt(this.#parcels, sentAgainUs);
    }
  }

  /** Hands over what has arrived by now. */
  deliver(nowUs: number): void {
    this.#blocked = false;
    if (this.path.cut) {
      if (this.dueUs <= nowUs) this.#giveUp();
      return;
    }
    const wasFull = this.space <= 0;
    for (let [next] = this.#parcels; next && next.dueUs <= nowUs && !this.#blocked; [next] = this.#parcels) {
      this.#handOver(next);
    }
    if (wasFull && this.space > 0) this.from.wake();
    if (this.empty) {
      this.#lostUs = undefined;
      this.#links.emptied(this);
    }
  }

  #handOver(parcel: Parcel): void {
    const { from, to } = this;
    if (to.closed || to.peer !== from) {
      // Nobody is there: what comes is answered by a reset, if that gets through. Else it is sent again, later.
      if (parcel.kind === 'bytes' && from.peer === to && this.#links.isCut(to, from)) {
        parcel.dueUs = nextRetryUs(DATA_RETRIES, parcel.dueUs, parcel.dueUs + 1);
        return;
      }
      this.#links.remove(this);
      from.network.tap?.arrived(from, parcel, 0);
      if (parcel.kind === 'bytes') from.network.tap?.resetByPeer(from);
      if (parcel.kind === 'bytes' && from.peer === to) from.fail(-ERRNO.ECONNRESET);
      return;
    }
    if (parcel.kind === 'bytes') {
      const taken = to.receive(parcel.bytes);
      if (taken > 0) from.network.tap?.arrived(from, parcel, taken);
      this.#byteCount -= taken;
      this.#blocked = taken < parcel.bytes.length;
      parcel.bytes = parcel.bytes.subarray(taken);
      if (!this.#blocked) this.#parcels.shift();
      return;
    }
    this.#parcels.shift();
    from.network.tap?.arrived(from, parcel, 0);
    if (parcel.kind === 'end') to.endReceived();
    else {
      this.#links.remove(this, to.line);
      if (parcel.kind === 'reset') to.fail(-ERRNO.ECONNRESET);
      else to.peerClosed();
    }
  }

  /** For `Links`: it has no place among the connections any more. */
  clear(): void {
    this.#parcels = [];
    this.#byteCount = 0;
  }

  remember(snapshot: Snapshot): () => void {
    const parcels = [...this.#parcels];
    const [byteCount, blocked, lostUs] = [this.#byteCount, this.#blocked, this.#lostUs];
    for (const end of [this.from, this.to]) snapshot.add(end);
    const restoreFields = rememberFields([...parcels, this.path]);
    return () => {
      restoreFields();
      this.#parcels = [...parcels];
      this.#byteCount = byteCount;
      this.#blocked = blocked;
      this.#lostUs = lostUs;
    };
  }

  #push(parcel: Parcel): void {
    this.from.network.tap?.sentInto(this.from, parcel, this.path.cut);
    if (this.path.cut) this.#lostUs ??= this.#links.time.nowUs();
    this.#parcels.push(parcel);
    if (!this.path.cut && parcel.dueUs <= this.#links.time.nowUs() && !this.#blocked) {
      this.deliver(this.#links.time.nowUs());
    }
    this.#links.wakeAt(this.dueUs);
  }

  /** What is sent now arrives then, and not before what was sent earlier. */
  #arrivalUs(): number {
    const arrivalUs = this.#links.time.nowUs() + this.#links.travelUs(this.path);
    return Math.max(arrivalUs, this.#parcels.at(-1)?.dueUs ?? 0);
  }

  #giveUp(): void {
    const { from, to } = this;
    this.#links.remove(this);
    if (from.peer === to) from.fail(-ERRNO.ETIMEDOUT);
  }
}
