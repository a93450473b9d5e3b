import { expect, test } from 'vitest';
import { listensOn } from './taken-ports.ts';

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, state: string): string =>
  `${HEADER}\n   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 24601 1`;

test.each([
  ['on 127.0.0.1', '0100007F:18EB'],
  ['on every address', '00000000:18EB'],
  ['on every IPv6 address, which takes IPv4 as well', '00000000000000000000000000000000:18EB'],
])('a port that somebody listens on %s is taken', (_, local) => {
  expect(listensOn(6379, line(local, '0A'))).toBe(true);
});

test.each([
  ['another port', '0100007F:18EC', '0A'],
  ['another address', '0101A8C0:18EB', '0A'],
  ['a connection that has ended', '0100007F:18EB', '06'],
])('%s does not take it', (_, local, state) => {
  expect(listensOn(6379, line(local, state))).toBe(false);
});

test('a table that is empty, or no table, takes nothing', () => {
  expect(listensOn(6379, HEADER)).toBe(false);
  expect(listensOn(6379, '')).toBe(false);
});
