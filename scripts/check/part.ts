import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PATH_WITH_PROGRAMS, ROOT } from '../build-engine/places.ts';
import { countsOfExit, type Counts } from './counts.ts';

/** One part of the check: a program, and how to count what it tested. */
export interface Part {
  name: string;
  command: readonly [program: string, ...args: string[]];
  /** Without it the part counts as one test, by its exit code. */
  count?: { report: string; read: (report: string) => Counts } | { read: (output: string) => Counts };
}

/** Longer than any part takes. A program that hangs is ended, and has failed. */
const LIMIT_MS = 12 * 60 * 1000;

/** Path of the report that a part's program writes. */
export function reportFile(name: string): string {
  return join(CACHE, 'logs', name);
}

/**
 * Runs a part, showing what its program prints. A program that fails without a failed test counts as one failure, and
 * so does one that has not ended after `limitMs`.
 */
export async function runPart({ command, count }: Part, limitMs = LIMIT_MS): Promise<Counts> {
  const report = count && 'report' in count ? count.report : undefined;
  if (report) rmSync(report, { force: true });
  const { code, output } = await show(command, report, limitMs);
  if (!count) return countsOfExit(code);
  try {
    const counts = count.read(report ? readFileSync(report, 'utf8') : output);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    const missing = report && !existsSync(report);
    console.error(`${command.join(' ')}: ${missing ? 'it wrote no report' : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function show(
  [program, ...args]: Part['command'],
  report: string | undefined,
  limitMs: number,
): Promise<{ code: number; output: string }> {
  const env = { ...process.env, PATH: PATH_WITH_PROGRAMS, ...(report ? { PLAYWRIGHT_JSON_OUTPUT_FILE: report } : {}) };
  return new Promise((resolve, reject) => {
    // In a group of its own: what hangs may be a grandchild, a test's worker or a browser.
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const end = (signal: NodeJS.Signals): void => void (child.pid && process.kill(-child.pid, signal));
    const limit = setTimeout(() => {
      console.error(`${program} has not ended after ${limitMs / 1000} s`);
      end('SIGKILL');
    }, limitMs);
    const interrupted = (signal: NodeJS.Signals): void => {
      end(signal);
      process.exit(1);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ code: code ?? 1, output });
    });
  });
}
