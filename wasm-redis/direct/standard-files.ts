import type { Kernel } from '../kernel/kernel.ts';
import { NullDevice, type OpenFile } from '../kernel/open-file.ts';
import { OutputFile } from '../kernel/output-file.ts';
import { createPipe, type PipeWriter } from '../kernel/pipe.ts';
import type { Terminal } from '../kernel/terminal.ts';
import type { SpawnOptions } from '../machine.ts';

/** What a process begins with, and for `stdin: 'open'` the end of the pipe that its owner writes to. */
export interface StandardFiles {
  files: [OpenFile, OpenFile, OpenFile];
  input?: PipeWriter;
}

/** Standard input, output and error as the spawn options want them. @param terminal the one that they name, if any */
export function standardFiles(kernel: Kernel, options: SpawnOptions, terminal: Terminal | undefined): StandardFiles {
  if (terminal) return { files: [terminal.retain(), terminal.retain(), terminal.retain()] };
  const { onOutput, stdin } = options;
  const output = (stream: 'stdout' | 'stderr'): OutputFile =>
    new OutputFile(onOutput && ((bytes) => onOutput(bytes, stream)), (sink) => kernel.flushSoon(sink));
  const outputs = [output('stdout'), output('stderr')] as const;
  if (stdin === undefined) return { files: [new NullDevice(), ...outputs] };
  // Given whole, the input may be larger than a pipe holds.
  const [reader, writer] = createPipe(stdin === 'open');
  if (stdin === 'open') return { files: [reader, ...outputs], input: writer };
  writer.write(stdin, 0, stdin.length);
  writer.release();
  return { files: [reader, ...outputs] };
}
