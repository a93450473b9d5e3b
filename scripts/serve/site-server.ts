import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { headersFor, parseHeadersFile } from './headers-file.ts';

export interface SiteServerOptions {
  dist: string;
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** Where on the host the site lies. */
  base: string;
}

export interface SiteServer {
  /** Of the site's home page. */
  url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

const compress = promisify(brotliCompress);

/** Starts the server. Rejects if the folder is not a built site, or the port is taken. */
export async function startSiteServer({ dist, host, port, base }: SiteServerOptions): Promise<SiteServer> {
  const rules = parseHeadersFile(await readHeadersFile(dist));
  /** By path and time of change: a build may replace files while the server runs. */
  const packed = new Map<string, Buffer>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith(base)
      ? await findFile(dist, decodeURIComponent(pathname.slice(base.length)))
      : undefined;
    if (file?.redirect) {
      response.writeHead(301, { location: `${pathname}/` }).end();
      return;
    }
    const path = file?.path ?? join(dist, '404.html');
    let body: Buffer = await readFile(path);
    response.statusCode = file ? 200 : 404;
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.setHeader('cache-control', 'no-cache');
    for (const [name, value] of Object.entries(headersFor(rules, pathname))) response.setHeader(name, value);
    if (
      body.length > 1024 &&
      String(request.headers['accept-encoding']).includes('br') &&
      !/\.(png|woff2)$/.test(path)
    ) {
      const key = `${path} ${String((await stat(path)).mtimeMs)}`;
      body = packed.get(key) ?? (await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      packed.set(key, body);
      response.setHeader('content-encoding', 'br');
      response.setHeader('vary', 'accept-encoding');
    }
    response.setHeader('content-length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `expected port ${String(port)} to be free, but something listens there. Choose another: --port 4322`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host}:${String(bound)}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readHeadersFile(dist: string): Promise<string> {
  try {
    return await readFile(join(dist, '_headers'), 'utf8');
  } catch (error) {
    throw new Error(`expected a built site in ${dist}, found no _headers file there. Run: npm run build`, {
      cause: error,
    });
  }
}

/** The file for a path below the site's base; a folder without its slash is to be redirected to. */
async function findFile(dist: string, path: string): Promise<{ path: string; redirect: boolean } | undefined> {
  const inside = normalize(`/${path}`);
  const full = join(dist, inside.endsWith('/') ? `${inside}index.html` : inside);
  const found = await stat(full).catch(() => undefined);
  if (found?.isFile()) return { path: full, redirect: false };
  if (found?.isDirectory()) return { path: full, redirect: true };
  return undefined;
}
