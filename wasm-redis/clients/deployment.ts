/** For tests: servers of ours on real ports that make up a cluster, or a primary with its replica and Sentinels. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../node/free-port.ts';
import { PROGRAM_LAUNCHER } from '../node/launcher-command.ts';
import { launch, type Launcher, Launcher as Program, native, temporaryFolder } from '../node/launcher-rig.ts';

/** A server that runs. */
export type Server = Awaited<ReturnType<typeof launch>>;

const NODES = 6;
const SENTINELS = 3;
export const PRIMARY_NAME = 'bikes';

/** Runs our redis-cli. Resolves with what it prints; rejects if it fails. */
export function redisCli(...args: string[]): Promise<string> {
  return native(process.execPath, ...PROGRAM_LAUNCHER, 'redis-cli', ...args);
}

/** Three primaries with a replica each, made by `redis-cli --cluster create`. Resolves with the ports when all is well. */
export async function launchCluster(): Promise<number[]> {
  const nodes = await Promise.all(
    Array.from({ length: NODES }, async () => {
      const busPort = String(await freePort());
      return launch(['--cluster-enabled', 'yes', '--cluster-port', busPort, '--repl-diskless-sync-delay', '0']);
    }),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await redisCli('--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes');
  for (const { port } of nodes) {
    while (!(await redisCli('-p', String(port), 'CLUSTER', 'INFO')).includes('cluster_state:ok'));
  }
  return nodes.map(({ port }) => port);
}

/** A primary, a replica that has caught up, and three Sentinels that know each other. */
export async function launchSentinels(): Promise<{ primary: Server; replica: Server; sentinels: number[] }> {
  const primary = await launch(['--repl-diskless-sync-delay', '0']);
  const replica = await launch(['--replicaof', '127.0.0.1', String(primary.port)]);
  await replica.launcher.logged('MASTER <-> REPLICA sync: Finished with success');
  const sentinels = await Promise.all(Array.from({ length: SENTINELS }, () => launchSentinel(primary.port)));
  for (const { launcher } of sentinels) {
    for (const other of sentinels) if (other.launcher !== launcher) await launcher.logged(` 127.0.0.1 ${other.port} @`);
    await launcher.logged(`+slave slave 127.0.0.1:${replica.port}`);
  }
  return { primary, replica, sentinels: sentinels.map(({ port }) => port) };
}

async function launchSentinel(primaryPort: number): Promise<{ launcher: Launcher; port: number }> {
  const [port, folder] = [await freePort(), temporaryFolder()];
  const configuration = join(folder, 'sentinel.conf');
  writeFileSync(
    configuration,
    `port ${port}
sentinel monitor ${PRIMARY_NAME} 127.0.0.1 ${primaryPort} 2
sentinel down-after-milliseconds ${PRIMARY_NAME} 1000
sentinel failover-timeout ${PRIMARY_NAME} 10000
`,
  );
  const launcher = new Program([configuration, '--sentinel'], folder);
  await launcher.logged('+monitor master');
  return { launcher, port };
}
