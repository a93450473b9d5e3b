/** What a server is given to do while it is counted what it does. */
export interface Load {
  /** As redis-benchmark takes it; `__rand_int__` is another number each time. */
  command: readonly string[];
  /** How many times, at each depth of pipelining. */
  requests: number;
}

const OFTEN = 100_000;
const SOMETIMES = 10_000;

const INCR_BY_SCRIPT = "return redis.call('INCR', KEYS[1])";
const SCRIPT = `local sum = 0
for i = 1, 20 do sum = sum + tonumber(redis.call('INCRBY', KEYS[1], ARGV[1])) end
redis.call('HSET', KEYS[2], 'sum', sum, 'text', string.format('%d:%s', sum, ARGV[2]))
return { sum, redis.call('HGETALL', KEYS[2]), cjson.encode({ sum = sum }) }`;

/** The rows of the benchmark are what is optimized first; then what lessons and applications do most. */
export const WORKLOAD: readonly Load[] = [
  ...[
    'SET key:__rand_int__ VXK',
    'GET key:__rand_int__',
    'INCR counter:__rand_int__',
    'LPUSH mylist VXK',
    'SADD myset element:__rand_int__',
    'HSET myhash element:__rand_int__ VXK',
    'ZADD myzset 0 element:__rand_int__',
    'XADD mystream * field VXK',
  ].map((line) => load(line.split(' '), OFTEN)),
  load(['EVAL', INCR_BY_SCRIPT, '1', 'counter:__rand_int__'], OFTEN),
  load(['RPUSH', 'short', ...Array.from({ length: 100 }, () => 'VXK')], 10),
  load(['LRANGE', 'short', '0', '99'], 2 * SOMETIMES),
  load(['EVAL', SCRIPT, '2', 'sums', 'sum:__rand_int__', '3', 'text'], SOMETIMES / 10),
  ...`MSET a:__rand_int__ 1 b:__rand_int__ 2 c:__rand_int__ 3
MGET a:__rand_int__ b:__rand_int__ c:__rand_int__
SET session:__rand_int__ token EX 100 NX
GETEX session:__rand_int__ EX 50
SETEX k 10 v
APPEND log:__rand_int__ xyz
GETRANGE log:__rand_int__ 0 3
SETRANGE log:__rand_int__ 2 ab
INCRBYFLOAT price 0.25
SETBIT bits 7777 1
GETBIT bits 7777
BITCOUNT bits 0 100
BITFIELD field INCRBY u8 3 1
EXPIRE key:__rand_int__ 10
TTL key:__rand_int__
TYPE key:__rand_int__
EXISTS key:__rand_int__ nothing
OBJECT ENCODING key:__rand_int__
DEL key:__rand_int__
UNLINK a:__rand_int__
SCAN 0 COUNT 20
RPUSH queue:__rand_int__ a b c
LPOP queue:__rand_int__
RPOP queue:__rand_int__
LMOVE queue:__rand_int__ other LEFT RIGHT
LINSERT short BEFORE VXK x
LPOS short x
LTRIM short 0 120
LREM short 1 x
SADD s1 m:__rand_int__ 7__rand_int__
SADD tags red green blue
SADD ids 3__rand_int__
SADD numbers 17 29 5 300
SISMEMBER s1 m:__rand_int__
SREM s1 m:__rand_int__
SPOP s1
SRANDMEMBER s1 3
SSCAN s1 0
SINTER tags s1
SUNION numbers tags
SDIFF numbers s1
HSET user:__rand_int__ name Ada age 36 city Wien
HGET user:__rand_int__ name
HGETALL user:__rand_int__
HINCRBY user:__rand_int__ age 1
HDEL user:__rand_int__ city
HMGET user:__rand_int__ name age
HSCAN myhash 0 COUNT 10
ZADD board 1__rand_int__ player:__rand_int__
ZADD small 17 a 29 b 3 c 8 d
ZINCRBY board 1 player:__rand_int__
ZRANGE board 0 9 WITHSCORES
ZRANGE board 100 500 BYSCORE LIMIT 0 20
ZREVRANGE board 0 9
ZRANGEBYSCORE small 5 20 WITHSCORES
ZRANK board player:__rand_int__
ZSCORE board player:__rand_int__
ZCOUNT board 100 200
ZREM board player:__rand_int__
ZPOPMIN board
ZUNIONSTORE both 2 small small
XADD events MAXLEN ~ 1000 * user __rand_int__ action click
XLEN events
XRANGE mystream - + COUNT 20
XREVRANGE mystream + - COUNT 10
XREAD COUNT 10 STREAMS mystream 0
PFADD visitors user:__rand_int__
PFCOUNT visitors
GEOADD places 13.3614 38.1156 Palermo 15.0873 37.5027 Catania
GEOSEARCH places FROMLONLAT 15 37 BYRADIUS 200 km COUNT 5
PUBLISH channel message
SORT numbers LIMIT 0 10
PING
ECHO hello
DBSIZE`
    .split('\n')
    .map((line) => load(line.split(' '), SOMETIMES)),
];

/** Once each, when all of that is there: what is loaded, saved, described. */
export const AFTERWARDS: readonly (readonly string[])[] = [
  ['XGROUP', 'CREATE', 'mystream', 'workers', '0'],
  ...Array.from({ length: 200 }, () => [
    'XREADGROUP',
    'GROUP',
    'workers',
    'a',
    'COUNT',
    '50',
    'STREAMS',
    'mystream',
    '>',
  ]),
  ['INFO', 'everything'],
  ['CLIENT', 'LIST'],
  ['COMMAND', 'DOCS'],
  ['CONFIG', 'SET', 'appendonly', 'yes'],
  ['SAVE'],
  ['DEBUG', 'RELOAD'],
  ['DEBUG', 'LOADAOF'],
  ['CONFIG', 'SET', 'maxmemory', '20mb', 'maxmemory-policy', 'allkeys-lru'],
  ['FLUSHALL'],
];

function load(command: readonly string[], requests: number): Load {
  return { command, requests };
}
