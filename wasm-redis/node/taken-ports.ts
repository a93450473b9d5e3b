import { readFileSync } from 'node:fs';

const LISTENING = '0A';
/** As the kernel prints them: words of the machine's byte order, here little-endian. */
const CLASHING_HOSTS: ReadonlySet<string> = new Set([
  '00000000', // 0.0.0.0
  '0100007F', // 127.0.0.1
  '00000000000000000000000000000000', // ::, which takes IPv4 as well
  '0000000000000000FFFF00000100007F', // ::ffff:127.0.0.1
]);

/**
 * Whether some process of this computer listens on 127.0.0.1:port. Node can only find out by way of its event loop, but
 * the server asks in bind(2) and has to be answered there, before it touches any file.
 *
 * Where there is no /proc (macOS) the answer is no, and the failure comes a moment later, when the port is opened.
 */
export function isPortTaken(port: number): boolean {
  return ['/proc/net/tcp', '/proc/net/tcp6'].some((path) => listensOn(port, readTable(path)));
}

/** The same, in the text of one table. */
export function listensOn(port: number, table: string): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').some((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [host = '', found] = local.split(':');
    return state === LISTENING && found === wanted && CLASHING_HOSTS.has(host);
  });
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
