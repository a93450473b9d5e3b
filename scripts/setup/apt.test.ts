import { expect, test } from 'vitest';
import { reasonOf } from './apt.ts';

test.each([
  ["E: You don't have enough free space in /var/cache/apt/archives/.", 'too full'],
  ["Err:1 http://debian.example Temporary failure resolving 'debian.example'", 'network'],
  ['E: Unable to locate package emscripten', '12 or newer'],
  ['E: Could not get lock /var/lib/dpkg/lock-frontend.', 'another program'],
  ['E: Sub-process /usr/bin/dpkg returned an error code (1)', 'apt-get failed'],
])('%j is explained by a sentence with %j', (stderr, words) => {
  expect(reasonOf(stderr)).toContain(words);
});
