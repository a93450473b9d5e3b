import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { launch, native } from '../node/launcher-rig.ts';
import { findPython } from './python.ts';

vi.setConfig({ testTimeout: 60_000 });

const CHECK = fileURLToPath(new URL('./redis_py_check.py', import.meta.url));

test('redis-py: commands, pipelines, transactions, Pub/Sub, scripts, streams, blocking calls, locks', async ({
  skip,
}) => {
  const python = await findPython();
  if (!python) return skip('no Python here has redis-py; on Debian: apt-get install python3-redis');
  const { port } = await launch();
  expect(await native(python.program, CHECK, String(port))).toBe(`${python.redis}\n`);
});
