/** `npm run redis-server -- [options]`: the WebAssembly redis-server on a real port of this computer. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { allocateRing, FrameReader, FrameWriter } from './frame-ring.ts';
import { type ListenAddress, RING_BYTES, SIGNALS, type ThreadMessage, type ThreadOptions } from './frames.ts';
import { NetworkBridge } from './network-bridge.ts';

const STDIN = 0;

const redisOptions = process.argv.slice(2);
const options: ThreadOptions = {
  arguments: redisOptions,
  workingDirectory: process.cwd(),
  input: redisOptions.includes('-') ? readFileSync(STDIN) : new Uint8Array(0),
  toServer: allocateRing(RING_BYTES),
  toNetwork: allocateRing(RING_BYTES),
  announced: new SharedArrayBuffer(4),
};
const announced = new Int32Array(options.announced);
const bridge = new NetworkBridge(new FrameReader(options.toNetwork), new FrameWriter(options.toServer));
const thread = new Worker(new URL('./server-thread.ts', import.meta.url), { workerData: options });

thread.on('message', (message: ThreadMessage) => {
  if (message.type === 'frames') Atomics.store(announced, 0, 0);
  bridge.receive();
  if (message.type === 'listen')
    bridge.listen(message.listener, message.address, (error) => fail(message.address, error));
  else if (message.type === 'unlisten') bridge.unlisten(message.listener);
  else if (message.type === 'exit') void end(message.code, message.reason);
});
thread.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
SIGNALS.forEach((signal, index) => process.on(signal, () => bridge.signal(index)));

async function end(code: number, reason: string | undefined): Promise<void> {
  if (reason) console.error(`redis-server: ${reason}`);
  await bridge.close();
  process.exit(code);
}

/** In Redis's own words. It was told that the address is free; somebody has taken it since, or there is no /proc to ask. */
function fail(address: ListenAddress, error: NodeJS.ErrnoException): void {
  const reason = error.code === 'EADDRINUSE' ? 'Address already in use' : error.message;
  console.error(
    address.kind === 'tcp'
      ? `Could not create server TCP listening socket 127.0.0.1:${address.port}: bind: ${reason}`
      : `Failed opening Unix socket: bind: ${reason}`,
  );
  process.exit(1);
}
