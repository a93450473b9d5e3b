import { anything, error, help, type CommandTable } from './table.ts';

export const SCRIPTS: CommandTable = [
  [
    "EVAL \"return {1, 2.9, 'three', redis.call('GET', KEYS[1]) or 'nil', ARGV[1]}\" 1 k arg",
    [1, 2, 'three', 'nil', 'arg'],
  ],
  ['EVAL "return redis.error_reply(\'OOPS broken\')" 0', error('OOPS broken')],
  ['EVAL "return redis.status_reply(\'FINE\')" 0', 'FINE'],
  [
    "EVAL \"return redis.pcall('INCR', 'x', 'y')\" 0",
    error('ERR Wrong number of args calling Redis command from script'),
  ],
  [
    "EVAL \"return redis.call('INCR', 'x', 'y')\" 0",
    error(
      'ERR Wrong number of args calling Redis command from script script: 77fa6b301bd64c8fb1c0e4fbc590f37f6b3d2081, on @user_script:1.',
    ),
  ],
  ['EVAL "return redis.sha1hex(\'x\')" 0', '11f6ad8ec52a2984abaafd7c3b516503785c2072'],
  ['EVAL "return cjson.encode({1, 2, {a = \'b\'}})" 0', '[1,2,{"a":"b"}]'],
  ['EVAL "return cjson.decode(\'[1, [2]]\')" 0', [1, [2]]],
  ['EVAL "return cmsgpack.unpack(cmsgpack.pack({1, \'two\'}))" 0', [1, 'two']],
  ["EVAL \"return struct.unpack('>I2', struct.pack('>I2', 513))\" 0", 513],
  ['EVAL "return bit.tohex(bit.bor(1, 16), 4)" 0', '0011'],
  [
    'EVAL "return {math.floor(3.7), tostring(0.1), string.format(\'%.17g\', 0.1), #{1, 2, 3}, 2^53}" 0',
    [3, '0.1', '0.10000000000000001', 3, 9007199254740992n],
  ],
  ['EVAL "redis.setresp(3) return {map = {a = 1}}" 0', ['a', 1]],
  [
    'EVAL "return nothing" 0',
    error(
      "ERR user_script:1: Script attempted to access nonexistent global variable 'nothing' script: e155794c2cea354dcea668762f18501f7cbc7689, on @user_script:1.",
    ),
  ],
  [
    'EVAL "return {" 0',
    error("ERR Error compiling script (new function): user_script:1: unexpected symbol near '<eof>'"),
  ],
  ['EVAL "return loadstring(\'return 1 + 1\')()" 0', 2],
  [
    'EVAL "error(\'own error\')" 0',
    error('ERR user_script:1: own error script: 05081c29dffe37cec23f0256d46aefb511f20476, on @user_script:1.'),
  ],
  [
    'EVAL "error({err = \'OWN error\'})" 0',
    error('OWN error script: aa177c3c9950e369fd099aaf46359d882a2842d1, on @user_script:1.'),
  ],
  [
    "EVAL_RO \"return redis.call('SET', 'k', 'v')\" 0",
    error(
      'ERR Write commands are not allowed from read-only scripts. script: 5c4d62f4e30c54fb15935b5892148e5ce7374077, on @user_script:1.',
    ),
  ],
  ["EVAL_RO \"return redis.call('EXISTS', 'k')\" 0", 0],
  [
    "EVAL \"#!lua flags=no-writes\\nreturn redis.call('SET', 'k', 'v')\" 0",
    error(
      'ERR Write commands are not allowed from read-only scripts. script: c0eaadc4edb23ce4dcd2827f79ea3f313be42ecd, on @user_script:2.',
    ),
  ],
  ['SCRIPT LOAD "return ARGV[1]"', '098e0f0d1448c0a81dafe820f66d460eb09263da'],
  ['SCRIPT EXISTS 098e0f0d1448c0a81dafe820f66d460eb09263da 0000000000000000000000000000000000000000', [1, 0]],
  ['EVALSHA 098e0f0d1448c0a81dafe820f66d460eb09263da 0 again', 'again'],
  ['EVALSHA_RO 098e0f0d1448c0a81dafe820f66d460eb09263da 0 again', 'again'],
  ['EVALSHA 0000000000000000000000000000000000000000 0', error('NOSCRIPT No matching script. Please use EVAL.')],
  ['SCRIPT DEBUG NO', 'OK'],
  ['SCRIPT KILL', error('NOTBUSY No scripts in execution right now.')],
  ['SCRIPT HELP', help('SCRIPT')],
  ['SCRIPT FLUSH SYNC', 'OK'],
  ['EVALSHA 098e0f0d1448c0a81dafe820f66d460eb09263da 0 again', error('NOSCRIPT No matching script. Please use EVAL.')],
  [
    "FUNCTION LOAD \"#!lua name=lib\\nredis.register_function('twice', function(keys, args) return args[1] * 2 end)\\nredis.register_function{function_name='seen', callback=function(keys) return redis.call('EXISTS', keys[1]) end, flags={'no-writes'}}\"",
    'lib',
  ],
  [
    'FUNCTION LOAD "#!lua name=lib\\nredis.register_function(\'once\', function() return 1 end)"',
    error("ERR Library 'lib' already exists"),
  ],
  ['FCALL twice 0 21', 42],
  ['FCALL_RO seen 1 k', 0],
  ['FCALL_RO twice 0 21', error('ERR Can not execute a script with write flag using *_ro command.')],
  ['FCALL missing 0', error('ERR Function not found')],
  ['FUNCTION LIST WITHCODE', anything],
  ['FUNCTION STATS', ['running_script', null, 'engines', ['LUA', ['libraries_count', 1, 'functions_count', 2]]]],
  ['FUNCTION DUMP', anything],
  ['FUNCTION KILL', error('NOTBUSY No scripts in execution right now.')],
  ['FUNCTION HELP', help('FUNCTION')],
  ['FUNCTION DELETE lib', 'OK'],
  ['FUNCTION DELETE lib', error('ERR Library not found')],
  ['FUNCTION RESTORE x', error('ERR DUMP payload version or checksum are wrong')],
  ['FUNCTION FLUSH ASYNC', 'OK'],
  ['FUNCTION LIST', []],
];
