import { ERRNO } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { ANY_HOST, LOOPBACK, type SocketAddress } from '../kernel/network.ts';
import { type Watcher } from '../kernel/open-file.ts';
import { Socket } from '../kernel/socket.ts';
import { type FrameReader, type FrameWriter } from './frame-ring.ts';
import { CREDIT_BYTES, FRAME, GONE, SIGNALS, WINDOW_BYTES } from './frames.ts';

/** The client's end of a connection inside of the machine. */
class Client implements Watcher {
  readonly id: number;
  readonly socket: Socket;
  readonly #onChange: (client: Client) => void;
  /** Bytes that may be sent to the network's thread. */
  window = WINDOW_BYTES;
  /** Bytes received from there for which no credit has been given. */
  received = 0;
  changed = false;
  ended = false;

  constructor(id: number, socket: Socket, onChange: (client: Client) => void) {
    this.id = id;
    this.socket = socket;
    this.#onChange = onChange;
    socket.watch(this);
  }

  notify(): void {
    if (this.changed) return;
    this.changed = true;
    this.#onChange(this);
  }

  /** Bytes that the server has read since credit was given. */
  get consumed(): number {
    return this.received - (this.socket.peer?.received.length ?? 0);
  }
}

/** The server's side of the bridge: moves frames to and from the machine's sockets. */
export class SocketBridge {
  readonly #kernel: Kernel;
  readonly #pid: () => number;
  readonly #incoming: FrameReader;
  readonly #outgoing: FrameWriter;
  readonly #clients = new Map<number, Client>();
  readonly #listeners = new Map<number, Socket>();
  #changed: Client[] = [];
  /** Those who have received much: they get credit when the server has read it. */
  readonly #owed = new Set<Client>();

  /** @param pid the process that signals are for */
  constructor(kernel: Kernel, pid: () => number, incoming: FrameReader, outgoing: FrameWriter) {
    this.#kernel = kernel;
    this.#pid = pid;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  addListener(id: number, socket: Socket): void {
    this.#listeners.set(id, socket);
  }

  removeListener(id: number): void {
    this.#listeners.delete(id);
  }

  /** Brings in what has come from the network. Returns whether the network's thread waits to hear about that. */
  receive(): boolean {
    const incoming = this.#incoming;
    while (incoming.next()) this.#handle();
    return incoming.takeWantsSpace();
  }

  /** Sends out what the server has written. Returns whether there was anything. */
  send(): boolean {
    if (this.#changed.length === 0 && this.#owed.size === 0) return false;
    let sent = false;
    const changed = this.#changed;
    this.#changed = [];
    for (const client of changed) {
      client.changed = false;
      if (this.#sendFrom(client)) sent = true;
    }
    for (const client of this.#owed) {
      const { consumed } = client;
      if (consumed < CREDIT_BYTES) continue;
      client.received -= consumed;
      this.#owed.delete(client);
      this.#outgoing.write(FRAME.CREDIT, client.id, consumed);
      sent = true;
    }
    return sent;
  }

  /** Whether something could be sent if there were space. */
  get hasUnsent(): boolean {
    return this.#changed.length > 0;
  }

  #handle(): void {
    const { kind, connection, argument } = this.#incoming;
    if (kind === FRAME.OPEN) this.#open(connection, argument);
    else if (kind === FRAME.SIGNAL) this.#kernel.processAt(this.#pid())?.signal(SIGNALS[argument]!);
    else {
      const client = this.#clients.get(connection);
      if (!client) return; // it was closed here while the frame was on its way
      if (kind === FRAME.DATA) this.#deliver(client);
      else if (kind === FRAME.CREDIT) this.#addCredit(client, argument);
      else if (kind === FRAME.END) client.socket.shutdown(1);
      else if (kind === FRAME.CLOSE) this.#close(client);
    }
  }

  #open(id: number, listenerId: number): void {
    const listener = this.#listeners.get(listenerId);
    if (!listener?.local) {
      this.#outgoing.write(FRAME.CLOSE, id);
      return;
    }
    const socket = new Socket(this.#kernel.network);
    const from = new Uint8Array(this.#incoming.count);
    this.#incoming.copy(from);
    const local = parseAddress(new TextDecoder().decode(from));
    if (local) socket.local = local;
    const to = listener.local;
    const isAny = to.family === 'inet' && to.host === ANY_HOST;
    const result = this.#kernel.network.connect(socket, isAny ? { ...to, host: LOOPBACK } : to);
    if (result !== 0 && result !== -ERRNO.EINPROGRESS) {
      socket.release();
      this.#outgoing.write(FRAME.CLOSE, id);
      return;
    }
    this.#clients.set(id, new Client(id, socket, (client) => this.#changed.push(client)));
  }

  #deliver(client: Client): void {
    const { socket } = client;
    client.received += this.#incoming.count;
    if (client.received >= CREDIT_BYTES) this.#owed.add(client);
    this.#incoming.each((from, start, count) => {
      const taken = socket.write(from, start, count);
      // A server that has closed takes nothing more, and the end that it sent is on its way.
      if (taken >= 0 && taken < count) throw new Error(`A socket took ${taken} of ${count} bytes within its window.`);
    });
  }

  #addCredit(client: Client, bytes: number): void {
    client.window += bytes;
    client.notify();
  }

  #sendFrom(client: Client): boolean {
    const { socket } = client;
    let sent = false;
    while (client.window > 0 && !client.ended) {
      const space = Math.min(client.window, this.#outgoing.space);
      if (space === 0) {
        client.notify(); // again when there is space
        break;
      }
      const count = this.#outgoing.writeFrom(
        FRAME.DATA,
        client.id,
        (into, start, most) => socket.read(into, start, most),
        space,
      );
      if (count === -ERRNO.EAGAIN) break;
      sent = true;
      if (count > 0) {
        client.window -= count;
        if (socket.received.length === 0 && socket.peer) break;
      } else {
        client.ended = true;
        if (count === 0) this.#outgoing.write(FRAME.END, client.id, socket.peer ? 0 : GONE);
        else this.#outgoing.write(FRAME.CLOSE, client.id);
      }
    }
    return sent;
  }

  #close(client: Client): void {
    client.socket.unwatch(client);
    client.socket.release();
    this.#clients.delete(client.id);
    this.#owed.delete(client);
    this.#changed = this.#changed.filter((changed) => changed !== client);
  }
}

function parseAddress(text: string): SocketAddress | undefined {
  const [, host, port] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(text) ?? [];
  return host === undefined ? undefined : { family: 'inet', host, port: Number(port) };
}
