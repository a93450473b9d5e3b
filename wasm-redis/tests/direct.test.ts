import { createDirectMachine } from '../direct/direct-machine.ts';
import { loadModule } from '../node/load-module.ts';
import { describeMachine } from './machine-suite.ts';
import { describeSaves } from './save-suite.ts';

for (const describeIt of [describeMachine, describeSaves]) {
  describeIt('direct', (options) => Promise.resolve(createDirectMachine({ ...options, loadModule })));
}
