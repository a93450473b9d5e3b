import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RELEASES } from '../../wasm-redis/native/recipe.ts';
import { ROOT } from '../build-engine/places.ts';
import { unpackedSource } from '../build-engine/source.ts';
import { BUILD_ONLY, packageSections, SHIPPED } from './packages.ts';
import { redisSections } from './redis.ts';
import { holdersIn, noticesIn, textOf } from './section.ts';

const written = readFileSync(join(ROOT, 'THIRD_PARTY_NOTICES'), 'utf8');

test('every dependency is either shipped, and then has its notice, or only builds the site', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const known = [...Object.keys(SHIPPED), ...BUILD_ONLY];
  expect(Object.keys(dependencies).filter((name) => !known.includes(name))).toEqual([]);
});

test('the notices of the packages are those that they carry now (else: npm run notices)', () => {
  expect(written).toContain(textOf(packageSections(join(ROOT, 'node_modules'))));
});

test('the notices of Redis are those of the source that is built (else: npm run notices)', async () => {
  const source = await unpackedSource(RELEASES[0]);
  expect(source).toBeDefined();
  expect(written).toContain(textOf(redisSections(source?.folder ?? '')));
});

test('a notice is taken out of its remark, and a file without one is an error', () => {
  const source = '/* Copyright (c) 2001 A. Nobody.\n *\n * Free. */\nint a; /* not this */\n';
  expect(noticesIn(source)).toBe('Copyright (c) 2001 A. Nobody.\n\nFree.');
  expect(() => noticesIn('int a; /* not this */\n')).toThrow('speaks of its licence');
});

test('a holder is named once, however often it stands there', () => {
  const one = '/* Copyright (c) 2001, A. Nobody\n * Copyright (C) 2002 B. Else.\n */';
  expect(holdersIn([one, one])).toEqual(['Copyright (C) 2002 B. Else', 'Copyright (c) 2001, A. Nobody']);
});
