/**
 * A process of its own that accepts clients while the server keeps its thread: see side-door.ts. Its arguments are the
 * descriptors that it has inherited: a listener, and pipes to the server, one for each client that may come. It stops
 * accepting at the end of its standard input, and ends with its last client.
 */
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

process.stdin.resume().on('end', () => {
  server.close();
  for (const pipe of free) pipe.destroy();
});
