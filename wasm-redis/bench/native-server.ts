import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Path, SERVER_OPTIONS } from './path.ts';
import { PortServer } from './port-server.ts';

/**
 * Debian's redis-server, or whichever is first on the PATH, under redis-benchmark of the same package. Rejects, saying what
 * to install, if it is not there.
 */
export function startNativeServer(): Promise<Path> {
  return PortServer.start(async (port, folder) => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...SERVER_OPTIONS];
    const server = spawn('redis-server', options, { stdio: 'ignore' });
    try {
      await once(server, 'spawn');
    } catch {
      throw new Error('There is no redis-server on the PATH to compare with. On Debian: apt-get install redis-server');
    }
    return server;
  });
}
