import { ESLint } from 'eslint';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './build-engine/places.ts';

const eslint = new ESLint({ cwd: ROOT });

/** What lint says of a text, were it the content of this file. */
async function rulesBroken(file: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

test.each([
  ['wasm-redis/kernel/clock.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['wasm-redis/kernel/clock.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['wasm-redis/kernel/clock.ts', 'export const root = document;', 'no-restricted-globals'],
  ['wasm-redis/direct/direct-machine.ts', "import '../../src/transcript/parse.ts';", 'no-restricted-imports'],
])('in %s, %j breaks %s', { timeout: 60_000 }, async (file, text, rule) => {
  expect(await rulesBroken(file, text)).toContain(rule);
});

test('the site may import the engine, and the engine Node outside of the kernel', { timeout: 60_000 }, async () => {
  expect(await rulesBroken('src/transcript/parse.ts', "import '../../wasm-redis/machine.ts';")).toEqual([]);
  expect(await rulesBroken('wasm-redis/node/load-module.ts', "import 'node:fs';")).toEqual([]);
});
