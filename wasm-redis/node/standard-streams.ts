import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { type Kernel } from '../kernel/kernel.ts';
import { type OpenFile } from '../kernel/open-file.ts';
import { OutputFile } from '../kernel/output-file.ts';
import { BlockingInput, StreamInput } from './host-input.ts';
import { HostTerminal } from './host-terminal.ts';
import { writeStandardOutput } from './standard-output.ts';

/** A program's standard input, output and error. */
export interface StandardStreams {
  files: [OpenFile, OpenFile, OpenFile];
  /** Puts the terminal back as it was. */
  restore(): void;
}

/**
 * This process's own streams for a program. Nothing is read from the input before the program reads it: in a script's loop
 * the rest belongs to others.
 *
 * @param suspends whether the program is suspended while it waits; a server is not, and has no use for a terminal either
 * @param onBrokenPipe nobody reads the output any more
 */
export function standardStreams(kernel: Kernel, suspends: boolean, onBrokenPipe: () => void): StandardStreams {
  const write = (fd: 1 | 2, bytes: Uint8Array): void => {
    if (!writeStandardOutput(fd, bytes)) onBrokenPipe();
  };
  const output = (fd: 1 | 2): OutputFile =>
    new OutputFile(
      (bytes) => write(fd, bytes),
      (sink) => kernel.flushSoon(sink),
    );
  if (!suspends) return { files: [new BlockingInput(), output(1), output(2)], restore: () => undefined };
  const screen = isatty(1) ? 1 : 2;
  const terminal = [0, 1, 2].some((fd) => isatty(fd))
    ? new HostTerminal(kernel, (bytes) => write(screen, bytes))
    : undefined;
  const input = (): OpenFile => (isStream(0) ? new StreamInput() : new BlockingInput());
  const file = (fd: 0 | 1 | 2): OpenFile => {
    if (terminal && isatty(fd)) return terminal.retain();
    return fd === 0 ? input() : output(fd);
  };
  return { files: [file(0), file(1), file(2)], restore: () => terminal?.restore() };
}

/** Whether a descriptor may have nothing to read yet. */
function isStream(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket();
}
