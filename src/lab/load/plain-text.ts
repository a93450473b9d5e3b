import type { Plain } from '../../../wasm-redis/resp/plain.ts';

/** A string as it is, a number in digits; anything else, and nothing, is empty. */
export function plainText(value: Plain | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The words of a reply that is an error. */
export function errorWords(value: Plain | undefined): string | undefined {
  return typeof value === 'object' && value !== null && 'error' in value ? value.error : undefined;
}
