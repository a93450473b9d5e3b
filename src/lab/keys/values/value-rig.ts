import type { RedisClient } from '../../../../wasm-redis/resp/client.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { startRedis } from '../../../../wasm-redis/tests/rig.ts';
import type { Command } from '../command-text.ts';
import type { PageQuery } from './page.ts';

/** No UTF-8, a zero, a line end, a quote: as a key, and within values. */
export const KEY = Uint8Array.of(0xff, 0x00, 0x0d, 0x0a, 0x22, 0xc3);
export const ODD = Uint8Array.of(0xfe, 0x00, 0x80, 0x0a);
/** The first ten. */
export const FIRST: PageQuery = { from: '0', count: 10, match: '' };

/** A server and a client of it, in RESP3, as the panel asks. */
export async function start(): Promise<{
  client: RedisClient;
  run: (commands: readonly Command[]) => Promise<RespValue[]>;
}> {
  const { client } = await startRedis();
  await client.command('HELLO', 3);
  return { client, run: (commands) => client.pipeline(commands) };
}
