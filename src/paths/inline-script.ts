import { minifySync } from 'vite';

const texts = new Map<() => void, string>();

/**
 * A function as the text of an inline script that calls it, minified: every page carries it. The function may use
 * nothing from outside of itself. Throws if its text is no script.
 */
export function inlineScript(run: () => void): string {
  const known = texts.get(run);
  if (known !== undefined) return known;
  const { code, errors } = minifySync(`${run.name}.js`, `(${run.toString()})()`);
  const [error] = errors;
  if (error) throw new Error(`${run.name} cannot be an inline script: ${error.message}`);
  texts.set(run, code);
  return code;
}
