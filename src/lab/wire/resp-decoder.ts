import { RespParser } from '../../../wasm-redis/resp/parser.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import type { Decoder, Message, MessageKind } from './message.ts';
import { type RespFrame, RespFrames, type Sender } from './resp-frames.ts';
import { commandWords, quoted, replyWords } from './resp-words.ts';

/** RESP in one direction: commands of a client, or replies and pushes of a server. */
export class RespDecoder implements Decoder {
  readonly #frames: RespFrames;
  readonly #sender: Sender;

  constructor(sender: Sender, offset = 0) {
    this.#sender = sender;
    this.#frames = new RespFrames(sender, offset);
  }

  get idle(): boolean {
    return this.#frames.idle;
  }

  get offset(): number {
    return this.#frames.offset;
  }

  push(bytes: Uint8Array): Message[] {
    const messages: Message[] = [];
    for (let rest = bytes; ;) {
      const next = this.next(rest);
      if (!next) return messages;
      messages.push(next.message);
      rest = next.rest;
    }
  }

  /** One message, and what is left of the bytes; undefined when they have been used up. */
  next(bytes: Uint8Array): { message: Message; rest: Uint8Array } | undefined {
    const found = this.#frames.next(bytes);
    return found && { message: messageOf(found.frame, this.#sender), rest: found.rest };
  }
}

function messageOf(frame: RespFrame, sender: Sender): Message {
  const { offset, byteCount, bytes, kind, reason } = frame;
  const made = (message: MessageKind, summary: string, details: Message['details'] = []): Message => ({
    kind: message,
    summary,
    details,
    offset,
    byteCount,
    bytes,
  });
  if (kind === 'broken') return made('broken', `not RESP: ${reason}`);
  if (kind === 'inline') return inline(made, bytes);
  if (!frame.whole) return made(sender === 'client' ? 'command' : 'reply', `${quoted(bytes)} of ${byteCount} bytes`);
  const [value] = readWhole(bytes);
  if (!value) return made('broken', 'not RESP: a length that does not fit its text');
  if (sender === 'client') {
    const words = commandWords(value);
    return words
      ? made('command', words.join(' '), [['words', String(words.length)]])
      : made('broken', `not a command: ${replyWords(value)}`);
  }
  const kinds: Partial<Record<RespValue['kind'], MessageKind>> = { error: 'error', push: 'push' };
  return made(kinds[value.kind] ?? 'reply', replyWords(value), [['type', value.kind]]);
}

function inline(
  made: (kind: MessageKind, summary: string, details?: Message['details']) => Message,
  bytes: Uint8Array,
): Message {
  const text = quoted(bytes)
    .slice(1, -1)
    .replace(/(\\r)?\\n$/, '');
  // Redis passes over empty lines.
  return text === '' ? made('keep-alive', 'an empty line') : made('command', text, [['form', 'inline command']]);
}

function readWhole(bytes: Uint8Array): RespValue[] {
  try {
    return new RespParser().push(bytes);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RespError') throw error;
    return [];
  }
}
