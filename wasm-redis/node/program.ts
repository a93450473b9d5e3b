/** `program.ts NAME [arguments]`: one of the programs of `PROGRAMS`, in the place of the native one. */
import { type ProgramName } from '../machine.ts';
import { runProgram } from './run-program.ts';

const [name, ...args] = process.argv.slice(2);
await runProgram(name as ProgramName, args);
