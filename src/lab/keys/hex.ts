/** Bytes as hexadecimal digits and as bits, both ways. */

/** Sixteen bytes a line, two digits each: `44 65 69`. */
export function toHex(bytes: Uint8Array): string {
  return inLines(
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')),
    16,
  );
}

/** Eight bytes a line, the most significant bit of each first, as SETBIT counts: `01000100 01100101`. */
export function toBits(bytes: Uint8Array): string {
  return inLines(
    Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')),
    8,
  );
}

/** What was typed is not made of whole bytes. */
export class DigitsError extends Error {
  override readonly name = 'DigitsError';
}

/** Reads hexadecimal digits; space between them does not matter. Throws a `DigitsError` for others, or half a byte. */
export function fromHex(text: string): Uint8Array {
  return fromDigits(text, /[^0-9a-f]/i, 2, 16, 'pairs of the digits 0 to 9 and a to f');
}

/** Reads bits; space between them does not matter. Throws a `DigitsError` for others, or a part of a byte. */
export function fromBits(text: string): Uint8Array {
  return fromDigits(text, /[^01]/, 8, 2, 'the digits 0 and 1, eight for each byte');
}

function fromDigits(text: string, foreign: RegExp, perByte: number, radix: number, expected: string): Uint8Array {
  const digits = text.replaceAll(/\s/g, '');
  const wrong = foreign.exec(digits)?.[0];
  if (wrong !== undefined) throw new DigitsError(`expected ${expected}, found ${JSON.stringify(wrong)}`);
  if (digits.length % perByte !== 0) {
    throw new DigitsError(`expected ${expected}, found ${digits.length} digits: the last byte is not complete`);
  }
  return Uint8Array.from({ length: digits.length / perByte }, (_, at) =>
    Number.parseInt(digits.slice(at * perByte, (at + 1) * perByte), radix),
  );
}

function inLines(words: readonly string[], perLine: number): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += perLine) lines.push(words.slice(at, at + perLine).join(' '));
  return lines.join('\n');
}
