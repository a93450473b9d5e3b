/** Says that it is ready, then executes the seeds that it is sent with one target. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Target } from './target.ts';
import { type Executed } from './watched.ts';

type Targets = Readonly<Record<string, () => Target | Promise<Target>>>;

const { module, target: name } = workerData as { module: string; target: string };
const { TARGETS } = (await import(module)) as { TARGETS: Targets };
const target = await TARGETS[name]!();

parentPort!.on('message', (seed: number) => {
  void target.execute(seed).then((account) => {
    const executed: Executed = account === undefined ? {} : { account };
    parentPort!.postMessage(executed);
  });
});
parentPort!.postMessage('ready');
