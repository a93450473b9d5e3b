import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CONNECTIONS, type Pipeline, type Row } from './rows.ts';

const run = promisify(execFile);
/** redis-benchmark tries for ever to reach a server that has gone. */
const PATIENCE_MS = 120_000;
/** The last line of redis-benchmark's CSV: the test's name, then numbers, the first of which are requests a second. */
const CSV_ROW = /^".*","([\d.]+)"(?:,"[\d.]+"){6}$/;

/** Native redis-benchmark against whatever listens on a loopback port. Returns commands per second. */
export async function runNativeBenchmark(
  port: number,
  row: Row,
  pipeline: Pipeline,
  requests: number,
): Promise<number> {
  const { stdout } = await run('redis-benchmark', benchmarkArguments(port, row, pipeline, requests), {
    timeout: PATIENCE_MS,
  });
  return parseRate(stdout);
}

/** The arguments with which both redis-benchmarks are called. */
export function benchmarkArguments(port: number, row: Row, pipeline: Pipeline, requests: number): string[] {
  const counts = ['-n', String(requests), '-c', String(CONNECTIONS), '-P', String(pipeline)];
  return ['-h', '127.0.0.1', '-p', String(port), ...counts, '--csv', ...row.command];
}

/** Commands per second from redis-benchmark's `--csv` output. Throws if there are none. */
export function parseRate(csv: string): number {
  const rate = CSV_ROW.exec(csv.trim().split('\n').at(-1) ?? '')?.[1];
  if (rate === undefined) throw new Error(`redis-benchmark printed no row of numbers:\n${csv}`);
  return Number(rate);
}

/** `Path.prepare` with native redis-cli. */
export async function prepareOverTcp(port: number, row: Row): Promise<void> {
  await command(port, 'FLUSHALL', 'SYNC');
  if (row.prepare) await command(port, ...row.prepare.map(String));
}

async function command(port: number, ...args: string[]): Promise<void> {
  await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...args]);
}
