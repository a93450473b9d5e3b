import { type Measurement } from './measure.ts';

const PIPELINED_AHEAD = new Set(['SET', 'GET', 'INCR']);

/**
 * What the project wants of a row: how many times as fast as the native server ours has to be. Undefined for path
 * `benchmark`, where our redis-benchmark shares the thread with the server that it measures.
 */
export function wantedRatio({
  name,
  pipeline,
  path,
}: Pick<Measurement, 'name' | 'pipeline' | 'path'>): number | undefined {
  if (path === 'benchmark') return undefined;
  if (path === 'tcp') return pipeline === 1 ? 1 : 0.6;
  if (pipeline === 1) return name === 'LRANGE 100' ? 1.2 : 8;
  return PIPELINED_AHEAD.has(name) ? 1.2 : 1;
}
