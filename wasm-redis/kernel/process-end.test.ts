import { expect, test } from 'vitest';
import { signalName, signalNumber, waitStatus } from './process-end.ts';

test('a status is told to a parent as waitpid(2) tells it', () => {
  expect(waitStatus({ kind: 'exit', code: 0 })).toBe(0);
  expect(waitStatus({ kind: 'exit', code: 3 })).toBe(0x300);
  expect(waitStatus({ kind: 'signal', signal: 'SIGKILL' })).toBe(9);
  expect(waitStatus({ kind: 'trap', message: 'unreachable' })).toBe(11);
});

test('signals have the numbers of the C library, and names for those that the machine knows', () => {
  expect(signalNumber('SIGTERM')).toBe(15);
  expect(signalName(15)).toBe('SIGTERM');
  expect(signalName(63)).toBe(undefined);
});
