/**
 * Commands whose numbers upstream keeps in a C `long` (getLongFromObject, getRangeLong, getInt, cursors by strtoul).
 * That is 32 bits here and 64 bits natively, so what is larger is out of range here, with the error that upstream has
 * for it. The generator gives these no number beyond 32 bits.
 */
export const NARROW: ReadonlySet<string> = new Set([
  ...['lindex', 'lset', 'lpop', 'rpop', 'lrange', 'ltrim', 'lpos', 'lrem', 'lmpop', 'blmpop'],
  ...['spop', 'srandmember', 'sintercard', 'hrandfield', 'setrange', 'setbit', 'bitpos'],
  ...['zrange', 'zrangestore', 'zrevrange', 'zrangebyscore', 'zrevrangebyscore', 'zrangebylex', 'zrevrangebylex'],
  ...['zremrangebyrank', 'zunion', 'zinter', 'zdiff', 'zunionstore', 'zinterstore', 'zdiffstore', 'zintercard'],
  ...['zpopmin', 'zpopmax', 'zrandmember', 'zmpop', 'bzmpop', 'sort', 'sort_ro', 'xautoclaim'],
  ...['scan', 'sscan', 'hscan', 'zscan', 'select', 'swapdb', 'move', 'copy', 'migrate', 'wait'],
  ...['slowlog|get', 'acl|log', 'acl|genpass', 'client|kill', 'lolwut', 'failover'],
]);
