import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, type TestContext, vi } from 'vitest';
import { launch, native } from '../node/launcher-rig.ts';
import { launchCluster, launchSentinels, PRIMARY_NAME } from './deployment.ts';
import { findPython } from './python.ts';

vi.setConfig({ testTimeout: 60_000 });

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A Python with redis-py; without one the test is skipped. */
async function pythonFor(skip: TestContext['skip']): Promise<{ program: string; redis: string }> {
  return (await findPython()) ?? skip('no Python here has redis-py; on Debian: apt-get install python3-redis');
}

test('redis-py: commands, pipelines, transactions, Pub/Sub, scripts, streams, blocking calls, locks', async ({
  skip,
}) => {
  const python = await pythonFor(skip);
  const { port } = await launch();
  expect(await native(python.program, script('redis_py_check.py'), String(port))).toBe(`${python.redis}\n`);
});

test('redis-py in cluster mode: every key finds its node, a slot that moves is followed', async ({ skip }) => {
  const python = await pythonFor(skip);
  const [first] = await launchCluster();
  const said = await native(python.program, script('redis_py_cluster_check.py'), String(first));
  expect(said).toBe(`${python.redis}\n`);
});

test('redis-py in Sentinel mode goes on with the replica when the primary is killed', async ({ skip }) => {
  const python = await pythonFor(skip);
  const { primary, replica, sentinels } = await launchSentinels();
  const argv = [script('redis_py_sentinel_check.py'), PRIMARY_NAME, ...sentinels.map(String)];
  const child = spawn(python.program, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('written');
  primary.launcher.process.kill('SIGKILL');
  await replica.launcher.logged('MASTER MODE enabled');
  child.stdin.write('go on\n');
  expect((await lines.next()).value).toBe(python.redis);
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
});
