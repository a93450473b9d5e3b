import { expect, test } from 'vitest';
import { PROGRAMS } from '../../wasm-redis/native/recipe.ts';
import { planBuild, stale, wrappedBy, type Target, type Tree } from './plan.ts';

const OWN_FILES = [...new Set(Object.values(PROGRAMS).flatMap(({ native }) => native))];

/** A tiny Redis: what the plan reads of it, and nothing else. */
function files(): Record<string, string> {
  const own = OWN_FILES.map(
    (name) => [`/native/${name}`, `int __wrap_${name.replace('.c', '')}(void) {\n}\n`] as const,
  );
  return {
    '/redis/src/Makefile':
      'REDIS_SERVER_OBJ=ae.o rdb.o\nREDIS_CLI_OBJ=ae.o redis-cli.o\nREDIS_BENCHMARK_OBJ=ae.o bench.o\n',
    '/redis/src/ae.c': 'ae',
    '/redis/src/rdb.c': 'rdb',
    '/redis/src/redis-cli.c': 'cli',
    '/redis/src/bench.c': 'bench',
    '/redis/deps/hiredis': '',
    '/redis/deps/hiredis/Makefile': 'OBJ=net.o\n',
    '/redis/deps/hiredis/net.c': 'net',
    '/native/fork.h': 'fork',
    '/native/host.h': 'host',
    ...Object.fromEntries(own),
  };
}

function plan(changes: Record<string, string> = {}, tree: Partial<Tree> = {}): Target[] {
  const all = { ...files(), ...changes };
  return planBuild({
    upstream: '/redis',
    native: '/native',
    sourceId: 'source',
    compiler: 'emcc 1',
    read: (path) => {
      const text = all[path];
      if (text === undefined) throw new Error(`the plan reads ${path}`);
      return text;
    },
    exists: (path) => path in all,
    nativeHeaders: ['fork.h', 'host.h'],
    ...tree,
  });
}

/** What has to be made after a change, when all of the unchanged plan exists. */
function after(changes: Record<string, string>, tree: Partial<Tree> = {}): { units: string[]; targets: string[] } {
  const before = new Set(plan().flatMap(({ module, units }) => [module, ...units.map(({ object }) => object)]));
  const { units, targets } = stale(plan(changes, tree), (file) => before.has(file));
  return { units: units.map(({ source }) => source), targets: targets.map(({ name }) => name) };
}

test('nothing is made when nothing has changed', () => {
  expect(after({})).toEqual({ units: [], targets: [] });
});

test('an object that two programs share is compiled once', () => {
  const { units } = stale(plan(), () => false);
  expect(units.filter(({ source }) => source === '/redis/src/ae.c')).toHaveLength(1);
});

test('a changed source is compiled, and what contains it is linked', () => {
  expect(after({ '/redis/src/redis-cli.c': 'other' })).toEqual({
    units: ['/redis/src/redis-cli.c'],
    targets: ['redis-cli'],
  });
});

test('a changed header of ours is seen by our files and by the upstream files that include it', () => {
  const { units, targets } = after({ '/native/fork.h': 'other' });
  expect(units.toSorted()).toEqual(['/redis/src/rdb.c', ...OWN_FILES.map((name) => `/native/${name}`)].toSorted());
  expect(targets).toEqual(['redis-server', 'redis-cli', 'redis-benchmark']);
});

test('another compiler or another patch of the source makes everything anew', () => {
  const all = stale(plan(), () => false).units.length;
  expect(after({}, { compiler: 'emcc 2' }).units).toHaveLength(all);
  expect(after({}, { sourceId: 'patched' }).units).toHaveLength(all);
});

test('the same tree in another folder has the same keys', () => {
  const moved = Object.fromEntries(Object.entries(files()).map(([path, text]) => [`/elsewhere${path}`, text]));
  const there = plan(moved, { upstream: '/elsewhere/redis', native: '/elsewhere/native' });
  expect(there.map(({ key }) => key)).toEqual(plan().map(({ key }) => key));
});

test('a program wraps what its C files define', () => {
  const server = plan().find(({ name }) => name === 'redis-server');
  expect(server?.linkFlags).toContain('-Wl,--wrap=event_loop');
  const cli = plan().find(({ name }) => name === 'redis-cli');
  expect(cli?.linkFlags).not.toContain('-Wl,--wrap=event_loop');
});

test('definitions of wraps are found in every form, calls and declarations are not', () => {
  const source = `
int __wrap_kill(pid_t pid, int sig) {
    return __wrap_tkill(pid);
}
void *__wrap_mmap(void *addr,
                  size_t len) {
}
int __wrap_pthread_create(pthread_t *t, void *(*body)(void *), void *arg) {
}
long __wrap___syscall_ioctl(int fd, ...) {
}
int __wrap_declared(void);
`;
  expect(wrappedBy(source)).toEqual(['kill', 'mmap', 'pthread_create', '__syscall_ioctl']);
});

test('a profile that has changed makes upstream’s files anew and ours not; where it lies is nobody’s business', () => {
  const profile = { file: '/cache/a.profdata', id: 'counts' };
  const profiled = plan({}, { profile });
  const server = profiled.find(({ name }) => name === 'redis-server');
  const flagsOf = (source: string) => server?.units.find((unit) => unit.source === source)?.flags ?? [];
  expect(flagsOf('/redis/src/rdb.c')).toContain('-fprofile-instr-use=/cache/a.profdata');
  expect(flagsOf('/native/fork.c').join(' ')).not.toContain('profile');
  const keys = (targets: Target[]): string[] => targets.map(({ key }) => key);
  expect(keys(plan({}, { profile: { ...profile, file: '/other/b.profdata' } }))).toEqual(keys(profiled));
  expect(keys(plan({}, { profile: { ...profile, id: 'other counts' } }))).not.toEqual(keys(profiled));
});
