import type { Call } from './boundary.ts';

/**
 * Calls as text, for the way through the service worker: JSON in which bytes are base64 under a key of their own.
 * `readCalls(writeCalls(calls))` equals `calls` for everything that a `Machine` method takes.
 */
export function writeCalls(calls: readonly Call[]): string {
  return JSON.stringify(calls, (_key, value: unknown) =>
    value instanceof Uint8Array ? { [BYTES]: toBase64(value) } : value,
  );
}

export function readCalls(text: string): Call[] {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && BYTES in value ? fromBase64(String(value[BYTES])) : value,
  ) as Call[];
}

const BYTES = '$bytes';

function toBase64(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
