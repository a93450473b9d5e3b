/**
 * Serves a built site as a good static host would: with the headers of its `_headers` file, compressed, under its base
 * path. `node scripts/serve.ts [--port 4321] [--host 127.0.0.1] [--dist dist]`
 */
import { parseArgs } from 'node:util';
import { startSiteServer } from './serve/site-server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '4321' },
    host: { type: 'string', default: 'localhost' },
    dist: { type: 'string', default: 'dist' },
    base: { type: 'string', default: process.env.BASE ?? '/' },
  },
});

const server = await startSiteServer({ ...values, port: Number(values.port) });
console.log(`The site is on ${server.url}`);
