import { createDirectMachine } from '../direct/direct-machine.ts';
import { loadModule } from '../node/load-module.ts';
import { describeFoldersAndTime } from './folder-suite.ts';
import { describeCapture } from './capture-suite.ts';
import { describeMachine } from './machine-suite.ts';
import { describeSaves } from './save-suite.ts';

for (const describeIt of [describeMachine, describeSaves, describeFoldersAndTime, describeCapture]) {
  describeIt('direct', (options) => Promise.resolve(createDirectMachine({ ...options, loadModule })));
}
