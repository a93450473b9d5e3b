import type { LabNodeDescription } from './topology.ts';

/** Where a node has its files. */
export function folderOf(name: string): string {
  return `/data/${name}`;
}

/** Configuration, log: inside the folder. */
export const LOG_FILE = 'node.log';

export function configFileOf({ kind }: LabNodeDescription): string {
  return kind === 'server' ? 'redis.conf' : 'sentinel.conf';
}
