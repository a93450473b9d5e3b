import { type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Between two attempts: the server needs the processor more than whoever asks. */
const PAUSE_MS = 2;

/** Resolves when a server on a loopback port answers a PING. Rejects if its process ends first. */
export async function answers(port: number, server: ChildProcess): Promise<void> {
  while (!(await answersPing(port))) {
    if (server.exitCode !== null) {
      throw new Error(`The server on port ${port} ended with ${server.exitCode} before it answered.`);
    }
    await setTimeout(PAUSE_MS);
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('data', () => end(true)).once('error', () => end(false));
  });
}
