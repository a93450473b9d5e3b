import { expect, test } from 'vitest';
import { run, startMachine, startRedis, startServer, readText } from './rig.ts';

const noPermission = (what: string): unknown => ({
  error: expect.stringContaining(`NOPERM this user has no permissions to ${what}`),
});

test('a user may do what its rules say, and no more', async () => {
  const { server, client } = await startRedis();
  await client.call('MSET', 'cache:1', 'a', 'secret', 'b');
  expect(
    await client.call('ACL', 'SETUSER', 'alice', 'on', '>pass', '~cache:*', '&news', '+@read', '+subscribe', '-mget'),
  ).toBe('OK');
  const alice = await server.client();
  expect(await alice.call('AUTH', 'alice', 'wrong')).toMatchObject({ error: expect.stringContaining('WRONGPASS') });
  expect(await alice.call('AUTH', 'alice', 'pass')).toBe('OK');
  expect(await alice.call('GET', 'cache:1')).toBe('a');
  expect(await alice.call('GET', 'secret')).toEqual({
    error: 'NOPERM this user has no permissions to access one of the keys used as arguments',
  });
  expect(await alice.call('SET', 'cache:1', 'x')).toEqual(noPermission("run the 'set' command"));
  expect(await alice.call('MGET', 'cache:1')).toEqual(noPermission("run the 'mget' command"));
  expect(await alice.call('ACL', 'WHOAMI')).toEqual(noPermission("run the 'acl|whoami' command"));
  expect(await alice.call('SUBSCRIBE', 'other')).toMatchObject({ error: expect.stringContaining('NOPERM') });
  const log = (await client.call('ACL', 'LOG', 3)) as unknown[][];
  expect(log).toHaveLength(3);
  expect(log[0]).toEqual(expect.arrayContaining(['reason', 'channel', 'object', 'other', 'username', 'alice']));
});

test('a user that is switched off or deleted loses its connections', async () => {
  const { server, client } = await startRedis();
  await client.call('ACL', 'SETUSER', 'bob', 'on', 'nopass', '+@all', '~*');
  const bob = await server.client();
  await bob.call('AUTH', 'bob', '');
  expect(await bob.call('PING')).toBe('PONG');
  expect(await client.call('ACL', 'DELUSER', 'bob')).toBe(1);
  await bob.ended;
});

test('selectors give a second set of rules', async () => {
  const { server, client } = await startRedis();
  await client.call('ACL', 'SETUSER', 'carol', 'on', 'nopass', '+get', '~a*', '(+set ~b*)');
  const carol = await server.client();
  await carol.call('AUTH', 'carol', '');
  expect(await carol.call('GET', 'a1')).toBe(null);
  expect(await carol.call('SET', 'b1', 'x')).toBe('OK');
  expect(await carol.call('GET', 'b1')).toMatchObject({ error: expect.stringContaining('NOPERM') });
});

test('users are kept in an ACL file', async () => {
  const machine = startMachine();
  await machine.writeFile('/data/users.acl', new TextEncoder().encode('user default on nopass ~* &* +@all\n'));
  const server = await startServer(machine, '--aclfile', '/data/users.acl', '--save', '');
  const client = await server.client();
  await client.call('ACL', 'SETUSER', 'dave', 'on', '>pass', '~*', '+@all');
  expect(await client.call('ACL', 'SAVE')).toBe('OK');
  const hash = 'd74ff0ee8da3b9806b18c877dbf29bbde50b5bd8e4dad7a3a725000feb82e8f1';
  expect(await readText(machine, '/data/users.acl')).toContain(`user dave on #${hash} ~* resetchannels +@all`);
  await client.call('ACL', 'DELUSER', 'dave');
  expect(await client.call('ACL', 'LOAD')).toBe('OK');
  expect(await client.call('ACL', 'USERS')).toEqual(['dave', 'default']);
  await machine.kill(server.pid, 'SIGKILL');
  await startServer(machine, '--aclfile', '/data/users.acl', '--save', '');
  const { stdout } = await run(machine, [
    'redis-cli',
    '--user',
    'dave',
    '--pass',
    'pass',
    '--no-auth-warning',
    'ACL',
    'WHOAMI',
  ]);
  expect(stdout).toBe('dave\n');
});

test('without a password nothing is answered when one is required', async () => {
  const { client } = await startRedis('--requirepass', 'secret');
  expect(await client.call('PING')).toEqual({ error: 'NOAUTH Authentication required.' });
  expect(await client.call('HELLO', 3, 'AUTH', 'default', 'secret')).toBeInstanceOf(Map);
  expect(await client.call('PING')).toBe('PONG');
});
