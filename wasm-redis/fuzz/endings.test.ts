import { expect, test } from 'vitest';
import { attackMachine } from './attack-machine.ts';
import { LOADING_ENDS, undocumentedEnd, UNCHECKED_ENDS } from './endings.ts';
import { GuestServer } from './guest-server.ts';

const SERVER = { port: 6379, folder: '/data' };

test('an assertion of upstream is a documented end where payloads are not checked, and nowhere else', async () => {
  const machine = attackMachine();
  const server = await GuestServer.start(machine, SERVER);
  await server.ask('DEBUG', 'ASSERT');
  expect(server.status).toEqual({ kind: 'signal', signal: 'SIGABRT' });
  expect(undocumentedEnd(server.status!, server.log, UNCHECKED_ENDS)).toBeUndefined();
  expect(undocumentedEnd(server.status!, server.log, [])).toContain('ASSERTION FAILED');
  await machine.dispose();
});

test('a segmentation fault is no documented end', async () => {
  const machine = attackMachine();
  const server = await GuestServer.start(machine, SERVER);
  await server.ask('DEBUG', 'SEGFAULT');
  expect(server.status).toBeDefined();
  expect(undocumentedEnd(server.status!, server.log, [...UNCHECKED_ENDS, ...LOADING_ENDS])).toContain(
    'does not document',
  );
  await machine.dispose();
});

test('an exit without a word is no documented end', () => {
  expect(undocumentedEnd({ kind: 'exit', code: 1 }, 'Ready to accept connections', LOADING_ENDS)).toBeDefined();
});

test('a file that breaks off is refused in words', async () => {
  const machine = attackMachine();
  await machine.writeFile('/data/dump.rdb', new TextEncoder().encode('REDIS0010\xfe'));
  const server = await GuestServer.start(machine, SERVER);
  expect(server.status).toEqual({ kind: 'exit', code: 1 });
  expect(undocumentedEnd(server.status!, server.log, LOADING_ENDS)).toBeUndefined();
  expect(undocumentedEnd(server.status!, server.log, UNCHECKED_ENDS)).toBeDefined();
  await machine.dispose();
});

test.each([
  ['of a name with a line feed', '*1\r\n$4\r\nSE\nT\r\n'],
  ['with an argument that is larger than the memory', '*9\r\n$3\r\nSET\r\n$2147483640\r\n'],
  ['with an argument of a negative length', '*2\r\n$3\r\nGET\r\n$-5\r\nabc\r\n'],
])('a file with a command %s is refused in words', async (_what, file) => {
  const machine = attackMachine();
  const manifest = 'file appendonly.aof.1.incr.aof seq 1 type i\n';
  await machine.writeFile('/data/appendonlydir/appendonly.aof.manifest', new TextEncoder().encode(manifest));
  await machine.writeFile('/data/appendonlydir/appendonly.aof.1.incr.aof', new TextEncoder().encode(file));
  const server = await GuestServer.start(machine, { ...SERVER, options: ['--appendonly', 'yes'] });
  expect(server.log).toMatch(/Unknown command|OUT OF MEMORY|Assertion failed: initlen/);
  expect(undocumentedEnd(server.status!, server.log, [...UNCHECKED_ENDS, ...LOADING_ENDS])).toBeUndefined();
  await machine.dispose();
});
