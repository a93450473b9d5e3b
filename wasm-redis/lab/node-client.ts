/**
 * What a page needs to ask a node, as one piece: fetched when a node is asked first. A page with a single server, whose
 * terminals need none of it, does without.
 */
export { RedisClient } from '../resp/client.ts';
export { RespError } from '../resp/parser.ts';
export { plain } from '../resp/plain.ts';
