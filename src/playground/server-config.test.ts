import { expect, test } from 'vitest';
import { FIRST_CONFIG, readDirective, writeDirective } from './server-config.ts';

test('a directive is read: the last of several, without quotes, whatever its case', () => {
  expect(readDirective('maxmemory 1mb\nMAXMEMORY 2mb\n# maxmemory 3mb\n', 'maxmemory')).toBe('2mb');
  expect(readDirective('requirepass "a b"\n', 'requirepass')).toBe('a b');
  expect(readDirective('appendonly yes\n', 'append')).toBeUndefined();
});

test('snapshots may stand on one line or, as CONFIG REWRITE writes them, on several', () => {
  expect(readDirective('save 3600 1 300 100\n', 'save')).toBe('3600 1 300 100');
  expect(readDirective('save 3600 1\nsave 300 100\n', 'save')).toBe('3600 1 300 100');
  expect(readDirective('save ""\n', 'save')).toBe('');
});

test('a directive is set in its place, once, and everything else stays', () => {
  expect(writeDirective('# mine\nsave 3600 1\nport 6379\nsave 300 100\n', 'save', '')).toBe(
    '# mine\nsave ""\nport 6379\n',
  );
  expect(writeDirective('port 6379\n', 'maxmemory', '64mb')).toBe('port 6379\nmaxmemory 64mb\n');
});

test('writing what was read changes nothing', () => {
  for (const name of ['maxmemory', 'maxmemory-policy', 'appendonly', 'save', 'databases']) {
    expect(writeDirective(FIRST_CONFIG, name, readDirective(FIRST_CONFIG, name) ?? '')).toBe(FIRST_CONFIG);
  }
});
