const PER_ROW = 16;
const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;

/**
 * Bytes as `xxd` prints them: offset, sixteen bytes in pairs, and the printable ones as text.
 *
 * @param from offset of the first byte in its file
 */
export function hexDump(bytes: Uint8Array, from = 0): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_ROW) {
    const row = [...bytes.subarray(at, at + PER_ROW)];
    const digits = row.map((byte, index) => byte.toString(16).padStart(2, '0') + (index % 2 === 1 ? ' ' : '')).join('');
    const text = row.map((byte) =>
      byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE ? String.fromCharCode(byte) : '.',
    );
    rows.push(`${(from + at).toString(16).padStart(8, '0')}: ${digits.padEnd(40)} ${text.join('')}`);
  }
  return rows.join('\n');
}
