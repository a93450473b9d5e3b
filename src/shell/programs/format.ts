import { concatenate } from '../stream.ts';

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '"': 34,
};

const PIECE =
  /\\x([\da-fA-F]{1,2})|\\0?([0-7]{1,3})|\\(c)|\\([abefnrtv\\"])|%([-+0 #]*)(\d+|\*)?(?:\.(\d+|\*))?([%bcdiosuxXfFeEgq])|[^\\%]+|[^]/g;

const encoder = new TextEncoder();

/** Bytes of a text with the escapes of `echo -e`: \n, \xHH, \0NNN, \c (which ends it). */
export function escaped(text: string): { bytes: Uint8Array; ended: boolean } {
  const chunks: Uint8Array[] = [];
  for (const [piece, hex, octal, stop, letter] of text.replaceAll('%', '%%').matchAll(PIECE)) {
    if (stop !== undefined) return { bytes: concatenate(chunks), ended: true };
    chunks.push(byteOf(hex, octal, letter) ?? encoder.encode(piece === '%%' ? '%' : piece));
  }
  return { bytes: concatenate(chunks), ended: false };
}

/** printf(1): the format is used again while there are arguments left. Bytes, because \xHH is one and no character. */
export function formatted(format: string, args: readonly string[]): Uint8Array {
  const left = [...args];
  const chunks: Uint8Array[] = [];
  do {
    const before = left.length;
    for (const [piece, hex, octal, stop, letter, flags = '', width, precision, directive] of format.matchAll(PIECE)) {
      if (stop !== undefined) return concatenate(chunks);
      const byte = byteOf(hex, octal, letter);
      if (byte) chunks.push(byte);
      else if (directive === undefined) chunks.push(encoder.encode(piece));
      else if (directive === '%') chunks.push(encoder.encode('%'));
      else {
        const columns = width === '*' ? Number(left.shift() ?? 0) : Number(width ?? 0);
        const places = precision === '*' ? Number(left.shift() ?? 0) : precision && Number(precision);
        chunks.push(directed(directive, flags, columns, places || (precision === undefined ? undefined : 0), left));
      }
    }
    // A format that takes no arguments would go on for ever.
    if (left.length === before) break;
  } while (left.length > 0);
  return concatenate(chunks);
}

function byteOf(
  hex: string | undefined,
  octal: string | undefined,
  letter: string | undefined,
): Uint8Array | undefined {
  if (hex !== undefined) return Uint8Array.of(parseInt(hex, 16));
  if (octal !== undefined) return Uint8Array.of(parseInt(octal, 8));
  return letter === undefined ? undefined : Uint8Array.of(ESCAPES[letter] ?? 0);
}

function directed(
  directive: string,
  flags: string,
  columns: number,
  precision: number | undefined,
  left: string[],
): Uint8Array {
  const argument = left.shift();
  if (directive === 'b') return escaped(argument ?? '').bytes;
  const text = textOf(directive, argument ?? '', precision);
  const signed = flags.includes('+') && /[dif]/.test(directive) && !text.startsWith('-') ? `+${text}` : text;
  if (flags.includes('-')) return encoder.encode(signed.padEnd(columns));
  const zeros = flags.includes('0') && !/[sbcq]/.test(directive);
  return encoder.encode(zeros ? padZeros(signed, columns) : signed.padStart(columns));
}

function textOf(directive: string, argument: string, precision: number | undefined): string {
  switch (directive) {
    case 's':
      return precision === undefined ? argument : [...argument].slice(0, precision).join('');
    case 'q':
      return /^[\w./:@%+=-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
    case 'c':
      return argument.slice(0, 1);
    case 'o':
      return Math.trunc(numberIn(argument)).toString(8);
    case 'x':
      return Math.trunc(numberIn(argument)).toString(16);
    case 'X':
      return Math.trunc(numberIn(argument)).toString(16).toUpperCase();
    case 'f':
    case 'F':
      return numberIn(argument).toFixed(precision ?? 6);
    case 'e':
    case 'E':
      return numberIn(argument).toExponential(precision ?? 6);
    case 'g':
      return String(Number(numberIn(argument).toPrecision(precision ?? 6)));
    default:
      return String(Math.trunc(numberIn(argument)));
  }
}

/** A number, or with a quote before it the code of a character. */
function numberIn(argument: string): number {
  if (/^['"]/.test(argument)) return argument.codePointAt(1) ?? 0;
  return Number(argument) || parseFloat(argument) || 0;
}

function padZeros(text: string, columns: number): string {
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : '';
  return sign + text.slice(sign.length).padStart(columns - sign.length, '0');
}
