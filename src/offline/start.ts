import { registerServiceWorker } from './register.ts';

/** In a built site only: while developing, files change under a service worker's feet. */
if (import.meta.env.PROD) {
  const register = (): void => void registerServiceWorker(import.meta.env.BASE_URL.replace(/\/?$/, '/'));
  addEventListener('load', () => ('requestIdleCallback' in window ? requestIdleCallback(register) : register()));
}
