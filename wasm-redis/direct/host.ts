import type { Host } from '../kernel/host.ts';

/** Web Crypto's limit for one call. */
const RANDOM_BYTES_MAX = 65536;
/** setTimeout's limit. */
const DELAY_MS_MAX = 0x7fff_ffff;

/** The host of a machine in Node or in a worker: real time, real randomness, the event loop of the thread. */
export function createHost(overrides: Partial<Host> = {}): Host {
  // Looked up once: in Node the global is a getter, and this is called for every command.
  const clock = performance;
  return {
    monotonicMs: () => clock.now(),
    wallMs: () => Date.now(),
    fillRandom(into) {
      for (let at = 0; at < into.length; at += RANDOM_BYTES_MAX) {
        crypto.getRandomValues(into.subarray(at, at + RANDOM_BYTES_MAX) as Uint8Array<ArrayBuffer>);
      }
    },
    defer: typeof setImmediate === 'function' ? (callback) => void setImmediate(callback) : messageQueue(),
    delay(callback, delayMs) {
      const timer = setTimeout(callback, Math.min(delayMs, DELAY_MS_MAX));
      return () => clearTimeout(timer);
    },
    blockThread: () => {},
    whileBusy: () => {},
    ...overrides,
  };
}

/** In a browser: a message to oneself comes sooner than a timer of 0 ms (4 ms when nested), yet after other events. */
function messageQueue(): (callback: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const callbacks: (() => void)[] = [];
  port1.onmessage = () => callbacks.shift()?.();
  return (callback) => {
    callbacks.push(callback);
    port2.postMessage(0);
  };
}
