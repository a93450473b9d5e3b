import { expect, test } from 'vitest';
import { inlineParts } from './inline-parts.ts';
import { policy } from './policy.ts';

test('inline scripts and styles are allowed by the hash of exactly their text', () => {
  const { scripts, styles } = inlineParts(
    '<script>alert(1)</script><script src="/a.js"></script><style>a{}</style>',
    'p',
  );
  expect([...scripts]).toEqual(["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]);
  expect(styles.size).toBe(1);
  expect(policy({ scripts, styles })).toContain(`script-src 'self' 'wasm-unsafe-eval' ${[...scripts].join(' ')};`);
});

test('a script of another origin stops the build', () => {
  expect(() =>
    inlineParts('<script src="https://cdn.example/a.js"></script>', 'index.html'),
  ).toThrowErrorMatchingInlineSnapshot(
    `[Error: index.html: expected scripts of this site only, found https://cdn.example/a.js. Bundle it instead.]`,
  );
});

test('an event handler in an attribute stops the build', () => {
  expect(() => inlineParts('<img src="a.png" onerror="alert(1)">', 'index.html')).toThrowErrorMatchingInlineSnapshot(
    `[Error: index.html: expected no event handler attributes, found <img src="a.png" onerror=. Add a listener in a script.]`,
  );
});

test('what looks like a handler inside of text or a script is none', () => {
  expect(() => inlineParts('<p>&lt;img onerror=x></p><script>"<img onerror=x>"</script>', 'p')).not.toThrow();
});
