/** The header by which the service worker marks its answers; whatever else answers at this address knows of no calls. */
export const BUSY_INPUT_HEADER = 'x-busy-input';

/** Asks the service worker by a synchronous request. Undefined without one: the request then reaches the host, or nobody. */
export function askServiceWorker(url: string): string | undefined {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  try {
    request.send();
  } catch (error) {
    // How a synchronous request reports that the network has failed.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
  return request.getResponseHeader(BUSY_INPUT_HEADER) === null ? undefined : request.responseText;
}
