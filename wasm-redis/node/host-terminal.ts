import { isatty, ReadStream, WriteStream } from 'node:tty';
import { type Kernel } from '../kernel/kernel.ts';
import { type SinkListener } from '../kernel/output-sink.ts';
import { Terminal } from '../kernel/terminal.ts';

/**
 * The terminal that this process runs on. The machine's own line discipline edits and echoes, so the real one is set to
 * pass every key on, from when the program first reads until its end; before that a Ctrl-C is the system's.
 */
export class HostTerminal extends Terminal {
  #keyboard: ReadStream | undefined;

  constructor(kernel: Kernel, onOutput: SinkListener) {
    const screen = new WriteStream([1, 2, 0].find((fd) => isatty(fd))!);
    screen.unref();
    super(screen.columns, screen.rows, {
      onOutput,
      onPending: (sink) => kernel.flushSoon(sink),
      onSignal: (signal) => {
        for (const process of kernel.processes) process.signal(signal);
      },
    });
    screen.on('resize', () => Object.assign(this, { columns: screen.columns, rows: screen.rows }));
  }

  override read(into: Uint8Array, start: number, count: number): number {
    this.#keyboard ??= this.#listen();
    return super.read(into, start, count);
  }

  restore(): void {
    this.#keyboard?.setRawMode(false).destroy();
  }

  #listen(): ReadStream {
    const keyboard = new ReadStream(0).setRawMode(true);
    return keyboard.on('data', (bytes) => this.press(bytes)).on('end', () => this.hangUp());
  }
}
