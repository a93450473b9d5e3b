import { ERRNO } from '../build/abi.ts';
import { type Socket } from '../kernel/socket.ts';
import { encodePipeline } from '../resp/encode.ts';
import { MachineServer, PORT } from './machine-server.ts';
import { type Path } from './path.ts';
import { ReplyCounter } from './reply-counter.ts';
import { CONNECTIONS, type Pipeline, type Row } from './rows.ts';

const PIECE_BYTES = 64 * 1024;

/** One connection: what it still has to send, and what it waits for. */
interface Caller {
  socket: Socket;
  replies: ReplyCounter;
  sent: number;
}

/**
 * Our server, with requests made beforehand written straight into the kernel's sockets: what the engine itself can do.
 * Each connection sends its next batch as soon as the last one is answered, as redis-benchmark does.
 */
export class SocketPath extends MachineServer implements Path {
  async run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    const { kernel } = this.machine;
    const batch = encodePipeline(Array.from({ length: pipeline }, () => row.command));
    const sockets = Array.from({ length: CONNECTIONS }, () => kernel.connect('127.0.0.1', PORT));
    await this.machine.settle();
    const seconds = this.#exchange(sockets, row, pipeline, Math.ceil(requests / CONNECTIONS / pipeline), batch);
    for (const socket of sockets) socket.release();
    await this.machine.settle();
    return (Math.ceil(requests / CONNECTIONS / pipeline) * CONNECTIONS * pipeline) / seconds;
  }

  /** Returns the seconds it took. The thread is not given away meanwhile. */
  #exchange(sockets: Socket[], row: Row, pipeline: number, batches: number, batch: Uint8Array): number {
    const { scheduler } = this.machine.kernel;
    const piece = new Uint8Array(PIECE_BYTES);
    const callers = sockets.map((socket): Caller => ({ socket, replies: new ReplyCounter(row, pipeline), sent: 0 }));
    const start = performance.now();
    for (const caller of callers) send(caller, batch, pipeline);
    for (let open = callers.length; open > 0;) {
      scheduler.runSlice(0);
      let moved = false;
      for (const caller of callers) {
        const { socket } = caller;
        if (socket.received.length === 0) continue;
        moved = true;
        const complete = caller.replies.push(piece, socket.read(piece, 0, PIECE_BYTES));
        if (complete < caller.sent) continue;
        if (complete === batches * pipeline) open--;
        else send(caller, batch, pipeline);
      }
      if (!moved && open > 0 && !scheduler.hasReady) throw new Error(`${row.name}: the server does not answer.`);
    }
    return (performance.now() - start) / 1000;
  }
}

function send(caller: Caller, batch: Uint8Array, pipeline: number): void {
  const count = caller.socket.write(batch, 0, batch.length);
  if (count !== batch.length) {
    throw new Error(`A socket took ${count} of ${batch.length} bytes${count === -ERRNO.EAGAIN ? ': it is full' : ''}.`);
  }
  caller.sent += pipeline;
}
