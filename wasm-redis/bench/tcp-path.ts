import { spawn } from 'node:child_process';
import { LAUNCHER } from '../node/launcher-command.ts';
import { type Path, SERVER_OPTIONS } from './path.ts';
import { PortServer } from './port-server.ts';

/** Our server behind the launcher on a real port, under native redis-benchmark. */
export function startTcpPath(): Promise<Path> {
  return PortServer.start(async (port, folder) => {
    const args = [...LAUNCHER, '--port', String(port), ...SERVER_OPTIONS];
    return spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  });
}
