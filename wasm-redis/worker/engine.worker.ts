/** The worker's script: an engine on this thread, exposed to the page that started it. */
import { expose } from 'comlink';
import { askServiceWorker } from './ask-service-worker.ts';
import { createEngine } from './engine.ts';

// A promise that nobody awaits has failed: the page is told as of any other error, by the worker's error event.
self.addEventListener('unhandledrejection', (event) => reportError(event.reason));

expose(createEngine(askServiceWorker));
