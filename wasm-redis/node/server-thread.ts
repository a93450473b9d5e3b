/** The thread of the server: runs the machine without an event loop, so that even a server stuck in a script can hear. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ERRNO } from '../build/abi.ts';
import { createHost } from '../direct/host.ts';
import { Kernel } from '../kernel/kernel.ts';
import { NullDevice } from '../kernel/open-file.ts';
import { OutputFile } from '../kernel/output-file.ts';
import { createPipe } from '../kernel/pipe.ts';
import { type Socket } from '../kernel/socket.ts';
import { type ExitStatus } from '../machine.ts';
import { FrameReader, FrameWriter } from './frame-ring.ts';
import { type ThreadMessage, type ThreadOptions } from './frames.ts';
import { HostFileSystem } from './host-files.ts';
import { loadModule } from './load-module.ts';
import { SocketBridge } from './socket-bridge.ts';
import { isPortTaken } from './taken-ports.ts';

/** One process: whoever is ready runs once, then the network is looked at. */
const ONE_RUN = 1;
const DAY_MS = 24 * 60 * 60 * 1000;

const options = workerData as ThreadOptions;
const incoming = new FrameReader(options.toServer);
const outgoing = new FrameWriter(options.toNetwork);
const announced = new Int32Array(options.announced);

const module = await loadModule('redis-server');
const kernel = new Kernel({
  host: createHost({
    blockThread: (ms) => incoming.sleep(incoming.wakes, ms),
    whileBusy: exchange,
  }),
  epochMs: Date.now(),
  clockRate: 1,
  makeFiles: (clock) => new HostFileSystem(clock),
});
const bridge = new SocketBridge(kernel, () => server.pid, incoming, outgoing);
const listenerIds = new Map<Socket, number>();
let nextListener = 1;
let ended: ExitStatus | undefined;

kernel.network.mayBind = (address) =>
  address.family === 'inet' && address.port !== 0 && isPortTaken(address.port) ? -ERRNO.EADDRINUSE : 0;
kernel.onListen = (socket, open) => (open ? listen(socket) : unlisten(socket));
kernel.onEvent = (event) => {
  if (event.type === 'exited') ended = event.status;
};

const [input, inputWriter] = createPipe(false);
inputWriter.write(options.input, 0, options.input.length);
inputWriter.release();
const server = kernel.spawn({
  module,
  argv: ['redis-server', ...options.arguments],
  environment: { HOME: process.env['HOME'] ?? '/' },
  workingDirectory: options.workingDirectory,
  files: [options.input.length > 0 ? input : new NullDevice(), output(1), output(2)],
});

while (!ended) {
  const wakes = incoming.wakes;
  exchange();
  const more = kernel.scheduler.runSlice(Infinity, ONE_RUN);
  kernel.flush();
  exchange();
  if (!more && !ended) {
    const waitMs = kernel.clock.realMsUntil(kernel.scheduler.nextWakeUs());
    incoming.sleep(wakes, Math.min(waitMs, DAY_MS));
  }
}
post({ type: 'exit', ...exitCode(ended) });

/** Frames in, frames out. */
function exchange(): void {
  const wanted = bridge.receive();
  outgoing.retry();
  const sent = bridge.send();
  if ((sent || wanted) && Atomics.exchange(announced, 0, 1) === 0) post({ type: 'frames' });
}

function listen(socket: Socket): void {
  const { local } = socket;
  if (!local) return;
  const listener = nextListener++;
  listenerIds.set(socket, listener);
  bridge.addListener(listener, socket);
  const address =
    local.family === 'inet'
      ? ({ kind: 'tcp', port: local.port } as const)
      : ({ kind: 'unix', path: local.path } as const);
  post({ type: 'listen', listener, address });
}

function unlisten(socket: Socket): void {
  const listener = listenerIds.get(socket);
  if (listener === undefined) return;
  listenerIds.delete(socket);
  bridge.removeListener(listener);
  post({ type: 'unlisten', listener });
}

function post(message: ThreadMessage): void {
  parentPort!.postMessage(message);
}

function output(fd: 1 | 2): OutputFile {
  return new OutputFile(
    (bytes) => writeAll(fd, bytes),
    (sink) => kernel.flushSoon(sink),
  );
}

/** Writes to a stream of this process, waiting for a slow reader; whoever has gone away misses the log. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** As a shell reports it: 128 and the signal's number when a signal ended it. */
function exitCode(status: ExitStatus): { code: number; reason?: string } {
  if (status.kind === 'exit') return { code: status.code };
  const numbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGTERM: 15 };
  if (status.kind === 'signal') return { code: 128 + (numbers[status.signal] ?? 0), reason: status.signal };
  return { code: 134, reason: status.message };
}
