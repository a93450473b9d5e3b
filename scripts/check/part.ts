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

/** Path of the report that a part's program writes. */
export function reportFile(name: string): string {
  return join(CACHE, 'logs', name);
}

/** Runs a part, showing what its program prints. A program that fails without a failed test counts as one failure. */
export async function runPart({ command, count }: Part): Promise<Counts> {
  const report = count && 'report' in count ? count.report : undefined;
  if (report) rmSync(report, { force: true });
  const { code, output } = await show(command, report);
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
): Promise<{ code: number; output: string }> {
  const env = { ...process.env, PATH: PATH_WITH_PROGRAMS, ...(report ? { PLAYWRIGHT_JSON_OUTPUT_FILE: report } : {}) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
