/** `npm run redis-server -- [options]`: the WebAssembly redis-server on a real port, with this computer's files. */
import { runProgram } from './run-program.ts';

await runProgram('redis-server', process.argv.slice(2));
