import type { Argument } from '../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import { escaped } from './bytes.ts';

/** A command: its name and what follows it. */
export type Command = readonly [string, ...Argument[]];

/** Longer arguments are cut: nobody types 10 MB. */
const ARGUMENT_LIMIT = 200;

/** A command as one would type it in redis-cli, with quotes where they are needed. Long arguments end in an ellipsis. */
export function commandText(command: Command): string {
  return command.map((argument) => argumentText(argument)).join(' ');
}

/** A reply as redis-cli prints it, on one line. */
export function replyText(reply: RespValue): string {
  switch (reply.kind) {
    case 'simple':
      return reply.text;
    case 'error':
      return `(error) ${reply.text}`;
    case 'integer':
      return `(integer) ${reply.value}`;
    case 'null':
      return '(nil)';
    case 'double':
      return `(double) ${reply.value}`;
    case 'boolean':
      return reply.value ? '(true)' : '(false)';
    case 'big-number':
      return String(reply.value);
    case 'bulk':
    case 'verbatim':
      return quoted(reply.bytes);
    case 'array':
    case 'set':
    case 'push':
      return reply.items.length === 0 ? '(empty array)' : reply.items.map(replyText).join(' ');
    case 'map':
      return reply.entries.map(([key, value]) => `${replyText(key)} => ${replyText(value)}`).join(' ');
  }
}

function argumentText(argument: Argument): string {
  const bytes = argument instanceof Uint8Array ? argument : new TextEncoder().encode(String(argument));
  const text = quoted(bytes);
  return /^"[^\s"'\\\u0080-\uffff]+"$/.test(text) ? text.slice(1, -1) : text;
}

function quoted(bytes: Uint8Array): string {
  if (bytes.length <= ARGUMENT_LIMIT) return `"${escaped(bytes).replaceAll('"', '\\"')}"`;
  const beginning = escaped(bytes.subarray(0, ARGUMENT_LIMIT)).replaceAll('"', '\\"');
  return `"${beginning}…" (${bytes.length.toLocaleString('en')} bytes)`;
}
