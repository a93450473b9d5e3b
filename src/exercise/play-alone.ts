import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { isClusterNode } from '../../wasm-redis/lab/topology.ts';
import { RedisClient } from '../../wasm-redis/lab/node-client.ts';
import type { MachineDescription } from '../transcript/machine-description.ts';
import type { Transcript } from '../transcript/parse.ts';
import { Player, type PlayedStep } from '../transcript/play.ts';

/** The last database of a server with the default `databases 16`; no lesson uses it. */
const ALONE = '15';

/**
 * Plays a question's transcript without touching the keys of the page: in database 15, emptied before. So it prints the
 * same however often it runs and whatever the reader has done. Rejects if the machine fails, and for a cluster, whose nodes
 * have one database only.
 */
export async function playAlone(
  lab: Lab,
  { clients }: Pick<MachineDescription, 'clients'>,
  transcript: Transcript,
  onStep: (played: PlayedStep) => void = () => undefined,
): Promise<PlayedStep[]> {
  const [first] = lab.nodes;
  if (!first || first.description.kind !== 'server' || isClusterNode(lab.topology, first.description)) {
    throw new Error('a question of the kind `prints` needs a server with databases as its first node');
  }
  const { host, port } = first.description;
  const client = await RedisClient.connect(lab.machine, { host, port });
  try {
    await client.pipeline([['SELECT', ALONE], ['FLUSHDB']]);
  } finally {
    await client.close();
  }
  const names = new Set(['', ...Object.keys(clients), ...screensOf(transcript)]);
  const there = Object.fromEntries([...names].map((name) => [name, [...(clients[name] ?? []), '-n', ALONE]]));
  return new Player(lab, there).play(transcript, onStep);
}

function screensOf({ steps }: Transcript): string[] {
  return steps.flatMap((step) => ('screen' in step ? [step.screen] : []));
}
