import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledProfile } from './profile.ts';
import { SetupError } from './run.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

const COUNTS = `main
# Func Hash:
10
# Num Counters:
1
# Counter Values:
7
`;

let folder: string;
let text: string;
let toolchain: Toolchain;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
  text = join(folder, 'a.proftext');
  writeFileSync(text, COUNTS);
  toolchain = await findToolchain();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('a profile is made once, and anew when the counts or the compiler are others', { timeout: 60_000 }, async () => {
  const first = await compiledProfile(text, folder, toolchain);
  expect(first?.file).toContain(folder);
  expect(await compiledProfile(text, folder, toolchain)).toEqual(first);
  writeFileSync(text, COUNTS.replace('7', '8'));
  const second = await compiledProfile(text, folder, toolchain);
  expect(second?.id).not.toBe(first?.id);
  expect((await compiledProfile(text, folder, { ...toolchain, id: 'emcc 9' }))?.id).not.toBe(second?.id);
});

test(
  'without a tool that reads it, or with a compiler that does not understand its form, there is no profile',
  { timeout: 60_000 },
  async () => {
    writeFileSync(text, 'no counts');
    expect(await compiledProfile(text, folder, toolchain)).toBeUndefined();
    writeFileSync(text, COUNTS.replace('7', '9'));
    const compile = (): Promise<string> => Promise.reject(new SetupError('unsupported profile format version'));
    expect(await compiledProfile(text, folder, { ...toolchain, compile })).toBeUndefined();
  },
);
