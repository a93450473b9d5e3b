/**
 * A process of its own that accepts clients while the server keeps its thread: see side-door.ts. Its arguments are the
 * descriptors that it has inherited: a listener, and pipes to the server, one for each client that may come. It stops
 * accepting at SIGTERM, which it answers by a byte on standard output, or at the end of its standard input, when the server
 * is gone; and it ends with its last client.
 */
import { writeSync } from 'node:fs';
import { createServer, Socket } from 'node:net';

const [listener, ...pipes] = process.argv.slice(2).map(Number);
const free = pipes.map((fd) => new Socket({ fd, allowHalfOpen: true }));

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const pipe = free.pop();
  if (!pipe) {
    client.destroy(); // it came while the listener was being closed
    return;
  }
  if (free.length === 0) server.close(); // whoever comes now waits for the server itself
  client.pipe(pipe).on('error', () => client.destroy());
  pipe.pipe(client).on('error', () => pipe.destroy());
  pipe.on('close', () => client.destroySoon());
  client.on('close', () => pipe.destroySoon());
});
server.listen({ fd: listener! });

process.stdin.resume().on('end', stop);
process.on('SIGTERM', () => {
  stop();
  writeSync(1, '.');
  process.stdin.destroy();
});

function stop(): void {
  server.close();
  for (const pipe of free) pipe.destroy();
}
