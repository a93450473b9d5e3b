import { expect, test, vi } from 'vitest';
import { startMachine } from '../tests/rig.ts';
import { type Lab } from './lab.ts';
import { PRIMARY_NAME } from './node-config.ts';
import { TOPOLOGIES, type TopologyName } from './presets.ts';
import { startTopology } from './start-topology.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

/** A minute of the machine's time is far more than any failover takes. */
const LIMIT_MS = 60_000;

async function start(name: TopologyName, seed = 1): Promise<Lab> {
  return startTopology(startMachine({ seed }), TOPOLOGIES[name]);
}

async function logsOf(lab: Lab): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(lab.nodes.map(async (node) => [node.name, await node.log()] as const)));
}

/** The primary is killed; resolves when a survivor is primary and the other replicates it, by their own answers. */
async function failOverBySentinel(lab: Lab): Promise<Record<string, string>> {
  await lab.node('redis-1').kill();
  const survivors = [lab.node('redis-2'), lab.node('redis-3')];
  await lab.until(async () => {
    const roles = await Promise.all(survivors.map((node) => node.askFields('INFO', 'replication')));
    const primary = roles.find((role) => role.get('role') === 'master');
    const replica = roles.find((role) => role.get('role') === 'slave');
    if (!primary || !replica) return 'nobody was promoted';
    if (replica.get('master_link_status') !== 'up' || primary.get('connected_slaves') !== '1') return 'no link is up';
    const logs = await Promise.all(lab.sentinels.map((node) => node.log()));
    return logs.every((log) => log.includes('+switch-master')) ? undefined : 'not every Sentinel has switched';
  }, LIMIT_MS);
  return logsOf(lab);
}

/** The same for the first primary of the cluster. */
async function failOverInCluster(lab: Lab): Promise<Record<string, string>> {
  await lab.node('redis-1').kill();
  const survivors = lab.nodes.slice(1);
  await lab.until(async () => {
    const role = await lab.node('redis-4').ask('ROLE');
    if (!Array.isArray(role) || role[0] !== 'master') return 'the replica was not promoted';
    for (const node of survivors) {
      if ((await node.askFields('CLUSTER', 'INFO')).get('cluster_state') !== 'ok') return `${node.name} is not well`;
    }
    return undefined;
  }, LIMIT_MS);
  return logsOf(lab);
}

test('three Sentinels replace a killed primary, and both survivors replicate', async () => {
  const lab = await start('sentinel');
  await lab.node('redis-1').ask('SET', 'k', 'v');
  const logs = await failOverBySentinel(lab);
  const said = Object.entries(logs).filter(([name]) => name.startsWith('sentinel'));
  for (const [, log] of said) {
    expect(log).toContain('+sdown master mymaster 10.0.0.1 6379');
    expect(log).toMatch(/\+switch-master mymaster 10\.0\.0\.1 6379 10\.0\.0\.[23] 6379/);
  }
  expect(said.filter(([, log]) => log.includes('+elected-leader'))).toHaveLength(1);
  expect(await lab.node('redis-2').ask('GET', 'k')).toBe('v');
  expect(await lab.node('redis-3').ask('GET', 'k')).toBe('v');
});

test('the old primary comes back as a replica', async () => {
  const lab = await start('sentinel');
  await failOverBySentinel(lab);
  await lab.node('redis-1').restart();
  await lab.until(async () => {
    const role = await lab.node('redis-1').askFields('INFO', 'replication');
    return role.get('role') === 'slave' && role.get('master_link_status') === 'up' ? undefined : 'it is no replica yet';
  }, LIMIT_MS);
});

test('a primary that is cut off with a minority of the Sentinels is replaced by the majority', async () => {
  const lab = await start('sentinel');
  const minority = ['redis-1', 'sentinel-1'];
  const hosts = (names: readonly string[]): string[] => names.map((name) => lab.node(name).description.host);
  const others = lab.nodes.map(({ name }) => name).filter((name) => !minority.includes(name));
  await lab.machine.inject({ type: 'split', groups: [hosts(minority), hosts(others)] });
  await lab.until(async () => {
    const address = await lab.node('sentinel-2').ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', PRIMARY_NAME);
    return Array.isArray(address) && address[0] !== '10.0.0.1' ? undefined : 'no switch';
  }, LIMIT_MS);
  expect(await lab.node('sentinel-1').ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', PRIMARY_NAME)).toEqual([
    '10.0.0.1',
    '6379',
  ]);
  expect((await lab.node('redis-1').askFields('INFO', 'replication')).get('role')).toBe('master');
  await lab.machine.inject({ type: 'heal' });
  await lab.until(async () => {
    const role = await lab.node('redis-1').askFields('INFO', 'replication');
    return role.get('role') === 'slave' && role.get('master_link_status') === 'up' ? undefined : 'it is no replica yet';
  }, LIMIT_MS);
});

test('a killed primary of the cluster is replaced by its replica, and the cluster is well', async () => {
  const lab = await start('cluster');
  const logs = await failOverInCluster(lab);
  expect(logs['redis-2']).toContain('Cluster state changed: fail');
  expect(logs['redis-4']).toContain("Failover election won: I'm the new master.");
  expect(logs['redis-2']).toMatch(/Cluster state changed: ok\n$/);
});

test.each([
  ['sentinel', failOverBySentinel],
  ['cluster', failOverInCluster],
] as const)(
  '%s: the same seed gives the same logs, byte for byte; another seed gives others',
  async (name, failOver) => {
    const startedMs = performance.now();
    const first = await failOver(await start(name, 5));
    const tookMs = performance.now() - startedMs;
    expect(await failOver(await start(name, 5))).toEqual(first);
    expect(await failOver(await start(name, 6))).not.toEqual(first);
    process.stdout.write(`${name}: ready, killed and failed over in ${tookMs.toFixed(0)} ms\n`);
  },
);
