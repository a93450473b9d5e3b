import { expose } from 'comlink';
import { onTestFinished } from 'vitest';
import { type Machine, type MachineOptions } from '../machine.ts';
import { loadModule } from '../node/load-module.ts';
import { writeCalls } from '../worker/call-text.ts';
import { createEngine } from '../worker/engine.ts';
import { connectMachine } from '../worker/remote-machine.ts';
import { describeFoldersAndTime } from './folder-suite.ts';
import { describeCapture } from './capture-suite.ts';
import { describeMachine } from './machine-suite.ts';
import { describeSaves } from './save-suite.ts';

/** The boundary of the worker without a worker: both ends of a message channel on one thread. */
async function startRemote(options: Partial<MachineOptions>): Promise<Machine> {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  let left = '';
  expose(
    createEngine(() => left),
    port2,
  );
  const remote = connectMachine(port1, {
    ...options,
    loadModule,
    preload: [],
    busyInputUrl: '',
    leave: (calls) => {
      left = writeCalls(calls);
    },
  });
  await remote.alive;
  return remote.machine;
}

describeMachine('over comlink', startRemote);
describeSaves('over comlink', startRemote);
describeFoldersAndTime('over comlink', startRemote);
describeCapture('over comlink', startRemote);
