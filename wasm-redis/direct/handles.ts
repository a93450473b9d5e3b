import { ERRNO } from '../build/abi.ts';
import type { Capture } from '../kernel/capture.ts';
import type { Connection } from '../kernel/connection.ts';
import { takenBack } from '../kernel/connection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { OpenFile } from '../kernel/open-file.ts';
import type { PipeWriter } from '../kernel/pipe.ts';
import { type Part, rememberMap, type Snapshot } from '../kernel/snapshot.ts';
import type { Terminal } from '../kernel/terminal.ts';
import {
  type CaptureId,
  type ConnectionId,
  type ExitStatus,
  MachineError,
  type Pid,
  type TerminalId,
} from '../machine.ts';

interface OpenConnection {
  connection: Connection;
  rewindable: boolean;
}

/**
 * What is held of a machine from outside, by number. After a restore the numbers mean what they meant at the save; no
 * number is given twice, so that one from another time never means something else.
 */
export class Handles implements Part {
  readonly statuses = new Map<Pid, ExitStatus>();
  readonly inputs = new Map<Pid, PipeWriter>();
  readonly #terminals = new Map<TerminalId, Terminal>();
  readonly #connections = new Map<ConnectionId, OpenConnection>();
  /** Those that their owners have not closed, at whatever time of the machine they are there. */
  readonly #owned = new Map<TerminalId, Terminal>();
  /** Of no time of the machine: they see whatever it does. */
  readonly #captures = new Map<CaptureId, Capture>();
  /** Reject what waits for an input to take bytes. */
  readonly #inputWaits = new Set<(reason: Error) => void>();
  /** Those that the last restore has brought back from another time: their screens show something else by now. */
  #returned = new Set<TerminalId>();
  #next = 1;

  addTerminal(terminal: Terminal): TerminalId {
    this.#terminals.set(this.#next, terminal);
    this.#owned.set(this.#next, terminal);
    return this.#next++;
  }

  /** @param make gets what it has to call at the connection's end */
  addConnection(rewindable: boolean, make: (onEnd: () => void) => Connection): ConnectionId {
    const id = this.#next++;
    this.#connections.set(id, { connection: make(() => this.#connections.delete(id)), rewindable });
    return id;
  }

  addCapture(capture: Capture): CaptureId {
    this.#captures.set(this.#next, capture);
    return this.#next++;
  }

  /** Throws `MachineError` EBADF. */
  capture(id: CaptureId): Capture {
    const capture = this.#captures.get(id);
    if (!capture) throw new MachineError('EBADF', `There is no capture ${id}.`);
    return capture;
  }

  /** Returns the one that ends, if it had not ended before. */
  dropCapture(id: CaptureId): Capture | undefined {
    const capture = this.#captures.get(id);
    this.#captures.delete(id);
    return capture;
  }

  get terminalIds(): TerminalId[] {
    return [...this.#terminals.keys()];
  }

  /** Throws `MachineError` EBADF. */
  terminal(id: TerminalId): Terminal {
    const terminal = this.#terminals.get(id);
    if (!terminal) throw new MachineError('EBADF', `There is no open terminal ${id}.`);
    return terminal;
  }

  /** The open terminal that is among a process's files, if one is. */
  terminalAmong(files: Iterable<OpenFile>): TerminalId | undefined {
    if (this.#terminals.size === 0) return undefined;
    const open = new Set(files);
    return [...this.#terminals].find(([, terminal]) => open.has(terminal))?.[0];
  }

  connection(id: ConnectionId): Connection | undefined {
    return this.#connections.get(id)?.connection;
  }

  /** Throws `MachineError` EBADF. */
  input(pid: Pid): PipeWriter {
    const input = this.inputs.get(pid);
    if (!input)
      throw new MachineError('EBADF', `Process ${pid} has no open standard input: spawn it with stdin 'open'.`);
    return input;
  }

  /** Throws `MachineError` EBADF. One that is not there at this time is closed for all times. */
  closeTerminal(id: TerminalId, kernel: Kernel): void {
    if (!this.#owned.delete(id)) this.terminal(id);
    this.#hangUp(id, kernel);
  }

  /** Resolves when the process's input has taken all bytes. Rejects with `MachineError` EBADF, EPIPE. */
  async writeInput(pid: Pid, bytes: Uint8Array): Promise<void> {
    const input = this.input(pid);
    for (let sent = 0; sent < bytes.length;) {
      const count = input.write(bytes, sent, bytes.length - sent);
      if (count > 0) sent += count;
      else if (count === -ERRNO.EAGAIN) await this.#inputChanged(input);
      else throw new MachineError('EPIPE', `Process ${pid} no longer reads.`);
    }
  }

  /** Resolves when the input may take more, or is closed. Rejects with ERESTORED if the machine is put back meanwhile. */
  #inputChanged(input: PipeWriter): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = (): void => {
        input.unwatch(watcher);
        this.#inputWaits.delete(reject);
      };
      const watcher = {
        notify(): void {
          over();
          resolve();
        },
      };
      input.watch(watcher);
      this.#inputWaits.add(reject);
    });
  }

  remember(snapshot: Snapshot): () => void {
    for (const part of [...this.#terminals.values(), ...this.inputs.values()]) snapshot.add(part);
    for (const { connection } of this.#connections.values()) snapshot.add(connection);
    const kept = new Set(this.#connections.values());
    const maps = [this.statuses, this.inputs, this.#terminals, this.#connections] as Map<unknown, unknown>[];
    const restores = maps.map(rememberMap);
    return () => {
      const since = [...this.#connections.values()].filter((open) => !kept.has(open));
      const shown = new Set(this.#terminals.keys());
      for (const restore of restores) restore();
      this.#returned = new Set(this.terminalIds.filter((id) => !shown.has(id)));
      for (const { connection } of since) connection.forget();
    };
  }

  /** After everything has been put back: what is outside goes on with it, or is closed. */
  resume(kernel: Kernel): void {
    for (const reject of this.#inputWaits) reject(takenBack());
    this.#inputWaits.clear();
    for (const [id, { connection, rewindable }] of [...this.#connections]) {
      if (!connection.resume(rewindable)) this.#connections.delete(id);
    }
    for (const [id, terminal] of [...this.#terminals]) {
      if (this.#owned.has(id)) terminal.sink.repaint(this.#returned.has(id));
      else this.#hangUp(id, kernel);
    }
  }

  #hangUp(id: TerminalId, kernel: Kernel): void {
    const terminal = this.#terminals.get(id);
    this.#terminals.delete(id);
    if (terminal) kernel.closeTerminal(terminal);
  }
}
