import { expect, test } from 'vitest';
import { headersFor, parseHeadersFile } from './headers-file.ts';

const FILE = `# a remark
/*
  X-Content-Type-Options: nosniff
  Cache-Control: no-cache

/_astro/*
  Cache-Control: public, max-age=31536000, immutable
`;

test('all rules that match give headers, later ones replace earlier ones', () => {
  const rules = parseHeadersFile(FILE);
  expect(headersFor(rules, '/a/')).toEqual({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' });
  expect(headersFor(rules, '/_astro/a.js')).toEqual({
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
});

test('a line that is neither a path nor a header is refused with its number', () => {
  expect(() => parseHeadersFile('/*\nX-Frame-Options: DENY\n')).toThrowErrorMatchingInlineSnapshot(
    `[Error: _headers, line 2: expected a path or an indented header, found: X-Frame-Options: DENY]`,
  );
});
