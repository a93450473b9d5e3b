import type { Reply } from '../differential/reply.ts';

const LINE_FEED = 10;
/** Before the text of an argument, and after it. */
const CRLF = 2;

/** Answers a command, as `GuestServer.reply` does. */
export type Ask = (...command: string[]) => Promise<Reply | undefined>;

/**
 * The first command in an append-only file that has fewer arguments than its arity asks for, as words; undefined if there is none.
 * `loadSingleAppendOnlyFile` (aof.c) calls a command without asking for its arity, so the command reads arguments that are
 * not there: natively as well, with whatever lies behind the array.
 *
 * @param ask asks a server for the arities
 */
export async function commandOfTooFewArguments(file: Uint8Array, ask: Ask): Promise<string | undefined> {
  for (const words of commandsIn(file)) {
    const arity = (await arityOf(`${words[0]}|${words[1]}`, ask)) ?? (await arityOf(words[0]!, ask));
    if (arity !== undefined && words.length < Math.abs(arity)) return words.join(' ');
  }
  return undefined;
}

async function arityOf(name: string, ask: Ask): Promise<number | undefined> {
  const reply = await ask('COMMAND', 'INFO', name);
  const arity = reply?.items?.[0]?.items?.[1]?.head;
  return arity === undefined ? undefined : Number(arity.slice(1));
}

/** The commands up to the first place that is none, read as leniently as upstream reads them. */
function* commandsIn(file: Uint8Array): Generator<string[]> {
  let at = 0;
  const line = (): string => {
    const end = file.indexOf(LINE_FEED, at);
    const text = Buffer.from(file.subarray(at, end < 0 ? file.length : end + 1)).toString('latin1');
    at += text.length;
    return text;
  };
  while (at < file.length) {
    const head = line();
    if (head.startsWith('#')) continue; // an annotation
    const count = head.startsWith('*') ? Number.parseInt(head.slice(1), 10) : 0;
    if (!(count >= 1)) return;
    const words: string[] = [];
    while (words.length < count) {
      const size = line();
      const length = Number.parseInt(size.slice(1), 10) || 0;
      if (!size.startsWith('$') || length < 0 || at + length > file.length) return;
      words.push(Buffer.from(file.subarray(at, at + length)).toString('latin1'));
      at += length + CRLF;
    }
    yield words;
  }
}
