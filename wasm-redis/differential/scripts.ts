import { type Dice } from './dice.ts';
import { sha1 } from './sha1.ts';
import * as values from './values.ts';

/** Calls the command in ARGV: what comes back is that command's reply, and is compared by its rule. */
export const PASS_ON = 'return redis.call(unpack(ARGV))';
const PASS_ON_ALL = [
  PASS_ON,
  'return redis.pcall(unpack(ARGV))',
  'redis.setresp(3) return redis.call(unpack(ARGV))',
  'local reply = redis.pcall(unpack(ARGV)) redis.call("set", "str:a", "1") return reply',
  '#!lua flags=allow-oom\nreturn redis.call(unpack(ARGV))',
];

const PASS_ON_NAMES = new Set(PASS_ON_ALL.flatMap((script) => [script, sha1(script)]));

/** Whether the reply of a script is that of the command in its arguments. @param script its text or its SHA-1 */
export const passesOn = (script: string): boolean => PASS_ON_NAMES.has(script);
export const passingScript = (dice: Dice): string => dice.one(PASS_ON_ALL);

/** Scripts that end by themselves and whose replies depend on nothing but their arguments and the data. */
const SCRIPTS = [
  'return 1',
  'return 3.99',
  'return "x"',
  'return nil',
  'return true',
  'return false',
  'return {1, 2, {3, "four", nil, 5}}',
  'return {ok = "FINE"}',
  'return {err = "MINE bad"}',
  'return redis.error_reply("no good")',
  'return redis.status_reply("good")',
  'redis.setresp(3) return {map = {a = 1}}',
  'redis.setresp(3) return {double = 1.25}',
  'redis.setresp(3) return {set = {a = true}}',
  'redis.setresp(3) return {big_number = "123456789012345678901234567890"}',
  'redis.setresp(3) return true',
  'redis.setresp(3) return nil',
  'return {double = 2.5}',
  'return KEYS',
  'return ARGV',
  'return #KEYS + #ARGV',
  'return redis.sha1hex(ARGV[1] or "")',
  'return tostring(1/3)',
  'return string.format("%.14g %d %s %q", 0.1, 42, "s", "q\\n")',
  'return cjson.encode({1, 2, "x", {a = 1.5}, false, cjson.null})',
  'return cjson.encode(cjson.decode(ARGV[1] or "[1,2.5,{\\"k\\":null}]"))',
  'return cmsgpack.pack(1, -1, 1.5, "x", {1, 2}, true, nil)',
  'return {cmsgpack.unpack(cmsgpack.pack(70000, -70000, "long string", {a = 1}))}',
  'return cmsgpack.unpack(ARGV[1] or "\\x93\\x01\\x02\\x03")',
  'return struct.pack(">I2i4s", 7, -7, "abc")',
  'return {struct.unpack(">I2", ARGV[1] or "ab")}',
  'return {bit.band(0xff, 0x0f), bit.bor(1, 6), bit.lshift(1, 31), bit.tohex(-1), bit.bnot(0)}',
  'return {math.floor(-1.5), math.max(1, 2), 2^53, 10 % 3, -10 % 3, math.huge}',
  'return redis.REDIS_VERSION',
  'return redis.call("nosuch")',
  'return redis.call("set", "str:a")',
  'return redis.pcall("lpush", "str:a", 1)',
  'return redis.call("incr", KEYS[1])',
  'return nosuch',
  'nosuch = 1',
  'error("thrown")',
  'error({err = "table"})',
  'return syntax error',
  'local t = {} for i = 1, 100 do t[i] = i end return t',
  'local t = redis.call("lrange", "list:a", 0, -1) table.sort(t) return t',
  'local ok, e = pcall(redis.call, "get") return tostring(ok)',
  'redis.replicate_commands() redis.set_repl(redis.REPL_NONE) redis.call("set", "str:b", "x") return 1',
  'return redis.acl_check_cmd("set", "k", "v")',
  'redis.log(redis.LOG_DEBUG, "x") redis.breakpoint() return 1',
  '#!lua flags=no-writes\nreturn redis.call("set", "k", "v")',
  '#!lua name=x\nreturn 1',
  '#!lua flags=no-such\nreturn 1',
  'return loadstring("return 1 + 1")()',
  'return select("#", unpack({1, 2, 3}))',
  'return string.rep("x", 1000)',
  'return redis.call("get", KEYS[1])',
  'for i = 1, 50 do redis.call("rpush", "list:long", i) end return redis.call("llen", "list:long")',
] as const;

/** EVAL or EVAL_RO without the arguments of its own. */
export function scriptCall(dice: Dice, name: string, passedOn: () => string[]): string[] {
  if (dice.chance(0.4)) return [name, passingScript(dice), '0', ...passedOn()];
  const keys = Array.from({ length: dice.below(3) }, () => values.key(dice, 'string'));
  const count = dice.chance(0.04) ? dice.one(['-1', 'x', '5']) : String(keys.length);
  const args = Array.from({ length: dice.below(3) }, () => values.word(dice));
  return [name, dice.one(SCRIPTS), count, ...keys, ...args];
}

const LIBRARIES = [
  '#!lua name=lib1\nredis.register_function("f1", function(keys, args) return #keys + #args end)',
  '#!lua name=lib1\nredis.register_function("f1", function(keys, args) return args end)\nredis.register_function("f2", function(keys) return redis.call("incr", keys[1]) end)',
  '#!lua name=lib2\nredis.register_function{function_name="ro", callback=function(keys) return redis.call("get", keys[1]) end, flags={"no-writes"}, description="reads"}',
  '#!lua name=lib3\nredis.register_function("f1", function() return 1 end)',
  '#!lua name=lib4\nreturn 1',
  '#!lua name=bad name\nreturn 1',
  '#!js name=lib5\n1',
  'no shebang',
  '#!lua name=lib6\nredis.call("set", "a", "b")',
  '#!lua name=lib7\nredis.register_function("f7", function(keys, args) return redis.call(unpack(args)) end)',
] as const;

export const library = (dice: Dice): string => dice.one(LIBRARIES);
export const functionName = (dice: Dice): string => dice.one(['f1', 'f2', 'ro', 'f7', 'none', 'F1']);
export const libraryName = (dice: Dice): string => dice.one(['lib1', 'lib2', 'lib3', 'lib7', 'none', 'l*']);
