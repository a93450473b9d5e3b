import { type DirectMachine } from '../direct/direct-machine.ts';
import { run, type RunningServer, startServer } from './rig.ts';

const FIRST_PORT = 7000;
const NODES = 6;

export interface Cluster {
  nodes: RunningServer[];
  ports: number[];
}

/** Three primaries and three replicas on one host, made by redis-cli; resolves when `cluster_state` is ok at all nodes. */
export async function startCluster(machine: DirectMachine): Promise<Cluster> {
  const ports = Array.from({ length: NODES }, (_, node) => FIRST_PORT + node);
  const nodes: RunningServer[] = [];
  for (const port of ports) {
    const files = ['--cluster-config-file', `nodes-${port}.conf`, '--appenddirname', `aof-${port}`];
    nodes.push(await startServer(machine, '--port', String(port), '--cluster-enabled', 'yes', ...files));
  }
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  const create = ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes'];
  let created = false;
  const creating = run(machine, ['redis-cli', ...create]).then(({ status, stdout }) => {
    if (status.kind !== 'exit' || status.code !== 0) throw new Error(stdout);
    created = true;
  });
  while (!created) await Promise.race([creating, machine.advance(100)]);
  for (const node of nodes) {
    const client = await node.client();
    const isWhole = async (): Promise<boolean> =>
      /cluster_state:ok/.test((await client.call('CLUSTER', 'INFO')) as string);
    while (!(await isWhole())) await machine.advance(100);
    await client.close();
  }
  await machine.advance(5000);
  return { nodes, ports };
}
