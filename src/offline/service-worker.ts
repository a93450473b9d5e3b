/// <reference lib="webworker" />
/** The service worker's script: the whole site from storage, and the way into busy engines. */
import { BUSY_INPUT_FOLDER, BusyQueue, type BusyInputMessage } from './busy-queue.ts';
import { SiteCache } from './site-cache.ts';
import { isKeptOnVisit, type SiteFiles } from './site-files.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put here by the build. */
declare const SITE_FILES: SiteFiles;

const { base, hashes } = SITE_FILES;
const cache = new SiteCache(SITE_FILES);
const busyQueue = new BusyQueue();

self.addEventListener('install', (event) => {
  event.waitUntil(cache.fill());
  // The first one has no page of an earlier deployment to wait for.
  if (!self.registration.active) void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([cache.tidy(), self.clients.claim()]));
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message = event.data as BusyInputMessage | { type: 'take-over' };
  if (message.type === 'busy-input') busyQueue.leave(message);
  else if (message.type === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin || !url.pathname.startsWith(base)) return;
  if (url.pathname.startsWith(base + BUSY_INPUT_FOLDER)) event.respondWith(busyQueue.answer(url));
  else if (event.request.method === 'GET') {
    event.respondWith(answer(event.request, url));
    if (isKeptOnVisit(url.pathname, SITE_FILES)) event.waitUntil(keepOnVisit());
  }
});

/** Offline, or in the middle of a deployment, it stays as it is; the pages that there are can be read all the same. */
async function keepOnVisit(): Promise<void> {
  try {
    await cache.fillOnVisit();
  } catch (error) {
    // eslint-disable-next-line no-console -- there is nobody else to tell
    console.info('The command reference is not stored for offline use yet:', error);
  }
}

/** From storage; what is not there from the network; and for a page that is nowhere, the 404 page. */
async function answer(request: Request, url: URL): Promise<Response> {
  const stored = await cache.match(url.pathname);
  if (stored) return stored;
  // `/playground` without its slash: the host would redirect, and so does this, offline too.
  if (request.mode === 'navigate' && `${url.pathname}/index.html` in hashes) {
    return Response.redirect(`${url.pathname}/${url.search}`, 301);
  }
  try {
    return await fetch(request);
  } catch (error) {
    const notFound = request.mode === 'navigate' ? await cache.match(`${base}404.html`) : undefined;
    if (!notFound) throw error;
    return new Response(notFound.body, { status: 404, headers: notFound.headers });
  }
}
