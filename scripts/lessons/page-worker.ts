import { parentPort, workerData } from 'node:worker_threads';
import type { Machine } from '../../wasm-redis/machine.ts';
import type { Page } from './page.ts';
import { playPage } from './play-page.ts';
import { PreparedLabs } from './prepared-labs.ts';

/** Plays the pages it is sent, one after the other, and posts what happens. Its owner ends it. */
const { machineModule } = workerData as { machineModule: string };
const { createMachine } = (await import(machineModule)) as { createMachine: () => Promise<Machine> };

if (!parentPort) throw new Error('page-worker.ts runs only as a worker thread');
const port = parentPort;
const labs = new PreparedLabs(createMachine);
port.on('message', (page: Page) => void playPage(page, labs, (event) => port.postMessage(event)));
