/** Hours between looks for a new deployment on a page that stays open. */
const LOOK_AGAIN_HOURS = 1;

/**
 * Registers the service worker and offers a reload when a new deployment waits. Called once per page, when it is idle:
 * fetching the whole site must not compete with the page.
 */
export async function registerServiceWorker(base: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  let controlled = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' });
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && registration.active && registration.waiting) offer(installing);
    });
  });
  // Another tab has let the new deployment take over. This page goes on with its own files until it is reloaded.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first controller of a first visit is of this page's own deployment.
    if (controlled) void showNotice('The site has been updated.', () => location.reload());
    controlled = true;
  });
  setInterval(() => void lookForUpdate(registration), LOOK_AGAIN_HOURS * 3_600_000);
}

function offer(waiting: ServiceWorker): void {
  void showNotice('A new version of the site is available.', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage({ type: 'take-over' });
  });
}

async function showNotice(text: string, reload: () => void): Promise<void> {
  const { showUpdateNotice } = await import('./update-notice.ts');
  showUpdateNotice(text, reload);
}

async function lookForUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch (error) {
    // Offline: there is nothing to find, and the next look comes in its time.
    if (!(error instanceof TypeError)) throw error;
  }
}
