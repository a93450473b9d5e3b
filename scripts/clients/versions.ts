import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../../wasm-redis/clients/python.ts';
import { ROOT } from '../build-engine/places.ts';

/** Versions of the clients that are tested, by the names of their test files. */
export async function versionsOfClients(): Promise<Record<string, string | undefined>> {
  return {
    'node-redis': versionOfPackage('redis'),
    ioredis: versionOfPackage('ioredis'),
    bullmq: versionOfPackage('bullmq'),
    'redis-py': (await findPython())?.redis,
    hiredis: execFileSync('redis-cli', ['--version'], { encoding: 'utf8' }).trim(),
  };
}

function versionOfPackage(name: string): string {
  const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
