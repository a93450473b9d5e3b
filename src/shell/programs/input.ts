import { complain, type Context, read, systemMessage } from '../context.ts';
import { readWhole } from '../files.ts';
import { concatenate } from '../stream.ts';

/** One of the files that a program is to read; `-` is standard input. */
export interface Input {
  name: string;
  /** Its bytes in pieces, as they come. */
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * The files of a call, or standard input if it names none. One that cannot be opened is complained about, and `failed`
 * says that in the end.
 */
export async function* openInputs(
  program: string,
  files: readonly string[],
  context: Context,
  onFailure: () => void,
): AsyncGenerator<Input> {
  for (const name of files.length > 0 ? files : ['-']) {
    if (name === '-') yield { name, chunks: standardInput(context) };
    else {
      try {
        const bytes = await readWhole(name, context);
        yield { name, chunks: once(bytes) };
      } catch (error) {
        await complain(context, `${program}: ${name}: ${systemMessage(error)}`);
        onFailure();
      }
    }
  }
}

/** Everything of all files. The status is 1 if one of them cannot be read. */
export async function readAll(
  program: string,
  files: readonly string[],
  context: Context,
): Promise<{ bytes: Uint8Array; status: number }> {
  let status = 0;
  const chunks: Uint8Array[] = [];
  for await (const input of openInputs(program, files, context, () => (status = 1))) {
    for await (const chunk of input.chunks) chunks.push(chunk);
  }
  return { bytes: concatenate(chunks), status };
}

/** The lines of bytes that come in pieces, without their newlines, as they become complete. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The lines of a whole text. */
export function splitLines(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What comes in, in pieces. */
export async function* standardInput(context: Context): AsyncGenerator<Uint8Array> {
  for (let chunk = await read(context); chunk; chunk = await read(context)) yield chunk;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
