/** `npm run redis-server -- [options]`: the WebAssembly redis-server on a real port, with this computer's files. */
import { readFileSync } from 'node:fs';
import { createHost } from '../direct/host.ts';
import { Driver } from '../kernel/driver.ts';
import { Kernel } from '../kernel/kernel.ts';
import { NullDevice, type OpenFile } from '../kernel/open-file.ts';
import { OutputFile } from '../kernel/output-file.ts';
import { createPipe } from '../kernel/pipe.ts';
import { type ExitStatus } from '../machine.ts';
import { HostFileSystem } from './host-files.ts';
import { loadModule } from './load-module.ts';
import { Loopback } from './loopback.ts';
import { sleep, writeStandardOutput } from './standard-output.ts';

const redisOptions = process.argv.slice(2);
const kernel = new Kernel({
  host: createHost({ blockThread: (ms) => loopback.waitByHand(ms, sleep), whileBusy: () => loopback.poll() }),
  // Date.now() is cut to milliseconds: a key's time to live would read a millisecond more than another clock gives it.
  epochMs: performance.timeOrigin + performance.now(),
  clockRate: 1,
  makeFiles: (clock) => new HostFileSystem(clock),
});
const driver = new Driver(kernel);
const anywhere = process.env['REDIS_LAUNCHER_CONNECT'] === 'anywhere';
const loopback = new Loopback(kernel, anywhere ? 'anywhere' : 'loopback', (address, error) => {
  const place = address.family === 'inet' ? `${address.host}:${address.port}` : address.path;
  console.error(`Cannot listen on ${place}: ${error.message}. Choose another with --port or --unixsocket.`);
  process.exit(1);
});
kernel.onEvent = (event) => {
  if (event.type === 'exited') void end(event.status);
};

const server = kernel.spawn({
  module: await loadModule('redis-server'),
  argv: ['redis-server', ...redisOptions],
  environment: { HOME: process.env['HOME'] ?? '/' },
  workingDirectory: process.cwd(),
  files: [redisOptions.includes('-') ? wholeStandardInput() : new NullDevice(), output(1), output(2)],
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => server.signal(signal));

/** For `redis-server -`, which reads its configuration from there. */
function wholeStandardInput(): OpenFile {
  const [reader, writer] = createPipe(false);
  const bytes = readFileSync(process.stdin.fd);
  writer.write(bytes, 0, bytes.length);
  writer.release();
  return reader;
}

function output(fd: 1 | 2): OutputFile {
  return new OutputFile(
    (bytes) => writeStandardOutput(fd, bytes),
    (sink) => kernel.flushSoon(sink),
  );
}

async function end(status: ExitStatus): Promise<void> {
  driver.dispose();
  await loopback.close();
  if (status.kind === 'trap') console.error(`redis-server: ${status.message}`);
  // As a shell reports it.
  const signals: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGTERM: 15 };
  if (status.kind === 'exit') process.exit(status.code);
  process.exit(128 + (status.kind === 'signal' ? (signals[status.signal] ?? 0) : signals['SIGABRT']!));
}
