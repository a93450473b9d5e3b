/** For tests: Wireshark's own reading of a capture file. `npm test` sees to it that tshark is on the PATH. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Wireshark does not look at checksums unless it is told to. */
const CHECKS = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs tshark on a capture file. Rejects, with what it says, when it is missing or cannot read the file. */
export async function runTshark(pcap: Uint8Array, args: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'));
  const file = join(folder, 'capture.pcap');
  try {
    await writeFile(file, pcap);
    return await new Promise((resolve, reject) => {
      const options = { encoding: 'utf8', maxBuffer: MOST_OUTPUT_BYTES } as const;
      execFile('tshark', ['-r', file, ...CHECKS, ...args], options, (error, stdout, stderr) => {
        const hint = 'It is in Debian’s package tshark, which npm test installs.';
        if (error && error.code === 'ENOENT') reject(new Error(`Expected tshark on the PATH, found none. ${hint}`));
        else if (error) reject(new Error(`tshark: ${stderr || error.message}`));
        else resolve(stdout);
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One line for each packet in which Wireshark finds fault: malformed, a bad checksum, bytes that are missing or repeated. */
export async function faultsIn(pcap: Uint8Array): Promise<string[]> {
  const faulty = '_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0';
  const output = await runTshark(pcap, ['-Y', faulty]);
  return output.split('\n').filter((line) => line !== '');
}

/** The two streams of a TCP conversation, by its number in the file: what the one that asked for it sent, and the other. */
export async function followStream(
  pcap: Uint8Array,
  number: number,
): Promise<{ client: Uint8Array; server: Uint8Array }> {
  const output = await runTshark(pcap, ['-q', '-z', `follow,tcp,raw,${number}`]);
  const pieces = output.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line));
  const bytesOf = (lines: string[]): Uint8Array => new Uint8Array(Buffer.from(lines.join(''), 'hex'));
  return {
    client: bytesOf(pieces.filter((line) => !line.startsWith('\t'))),
    server: bytesOf(pieces.filter((line) => line.startsWith('\t')).map((line) => line.trim())),
  };
}
