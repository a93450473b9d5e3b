/** Fetched by a page when a node is asked first: a page with a single server, whose terminals need none of it, does without. */
export { RedisClient } from '../resp/client.ts';
