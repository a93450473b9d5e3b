import { readSync } from 'node:fs';
import { POLL } from '../build/abi.ts';
import { OpenFile } from '../kernel/open-file.ts';
import { createPipe } from '../kernel/pipe.ts';
import { errnoOf } from './host-errors.ts';
import { sleep } from './standard-output.ts';

const PAUSE_MS = 5;

/**
 * Standard input for a program that cannot be suspended: a read keeps the thread until something comes, as it keeps a
 * native one.
 */
export class BlockingInput extends OpenFile {
  readonly type = 'stream';

  read(into: Uint8Array, start: number, count: number): number {
    for (;;) {
      try {
        return readSync(0, into, start, count, null);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EOF') return 0;
        if (code !== 'EAGAIN') return errnoOf(error);
        sleep(PAUSE_MS);
      }
    }
  }

  write(): number {
    return 0;
  }

  readiness(): number {
    return POLL.POLLIN;
  }

  protected onLastClose(): void {}
}

/** Standard input for a program that is suspended while it waits. It is read no faster than the program reads. */
export function streamInput(): OpenFile {
  const [reader, writer] = createPipe(true);
  const { stdin } = process;
  let held: Buffer | undefined;
  const pass = (): void => {
    if (!held) return;
    const taken = writer.write(held, 0, held.length);
    // Nobody reads any more, or not yet.
    held = taken < 0 ? held : held.subarray(taken);
    if (held.length > 0) return;
    held = undefined;
    stdin.resume();
  };
  writer.watch({ notify: pass });
  stdin.on('data', (bytes: Buffer) => {
    stdin.pause();
    held = bytes;
    pass();
  });
  stdin.on('end', () => writer.release());
  return reader;
}
