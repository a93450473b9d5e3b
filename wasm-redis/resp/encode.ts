/** One argument of a command. Text is sent as UTF-8, a number as its decimal digits. */
export type Argument = string | number | bigint | Uint8Array;

const encoder = new TextEncoder();

/** A command as a client sends it: an array of bulk strings. The first argument is the command's name. */
export function encodeCommand(args: readonly Argument[]): Uint8Array {
  const parts: Uint8Array[] = [encoder.encode(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = arg instanceof Uint8Array ? arg : encoder.encode(String(arg));
    parts.push(encoder.encode(`$${bytes.length}\r\n`), bytes, LINE_END);
  }
  return concatenate(parts);
}

/** Several commands in one piece: a pipeline. */
export function encodePipeline(commands: readonly (readonly Argument[])[]): Uint8Array {
  return concatenate(commands.map(encodeCommand));
}

const LINE_END = encoder.encode('\r\n');

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
