import { expect, test } from 'vitest';
import { RELEASES } from '../../wasm-redis/native/recipe.ts';
import { checkTarball } from './source.ts';

const release = RELEASES[0];

test('both tarballs of the recipe are accepted', () => {
  expect(() => checkTarball(release, 'a.tar.gz', release.tarballs.debian)).not.toThrow();
  expect(() => checkTarball(release, 'a.tar.gz', release.tarballs.upstream)).not.toThrow();
});

test('another tarball is refused with both hashes and what to do', () => {
  expect(() => checkTarball(release, 'a.tar.gz', 'f'.repeat(64))).toThrowErrorMatchingInlineSnapshot(
    `[SetupError: a.tar.gz is not the tarball of redis 7.0.15: expected sha256 4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982 (Debian) or 98066f5363504b26c34dd20fbcc3c957990d764cdf42576c836fc021073f4341 (upstream), found ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff. Remove the file and try again; if it comes back, do not trust its origin.]`,
  );
});
