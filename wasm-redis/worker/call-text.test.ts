import { expect, test } from 'vitest';
import { readCalls, writeCalls } from './call-text.ts';

test('calls survive as text, bytes among them', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const calls = [
    { sequence: 1, method: 'type', args: [3, bytes] },
    {
      sequence: 2,
      method: 'spawn',
      args: [{ argv: ['redis-cli', 'ä "\u2028'], stdin: bytes, onOutput: { listener: 4 } }],
    },
    { sequence: 3, method: 'jump', args: [1500] },
  ] as const;
  expect(readCalls(writeCalls(calls))).toEqual(calls);
});
