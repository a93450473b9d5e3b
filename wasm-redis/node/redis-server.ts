/** The same as `program.ts redis-server`. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runProgram } = await import('./run-program.ts');
await runProgram('redis-server', process.argv.slice(2));
