import { createDirectMachine } from '../direct/direct-machine.ts';
import { loadModule } from '../node/load-module.ts';
import { describeMachine } from './machine-suite.ts';

describeMachine('direct', (options) => Promise.resolve(createDirectMachine({ ...options, loadModule })));
