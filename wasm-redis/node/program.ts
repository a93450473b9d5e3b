/** `program.ts NAME [arguments]`: one of the programs of `PROGRAMS`, in the place of the native one. */
import { enableCompileCache } from 'node:module';
import { PROGRAMS } from '../machine.ts';

enableCompileCache(); // a third of the time until a program runs; so what is compiled is imported later
const { runProgram } = await import('./run-program.ts');
const [name = '', ...args] = process.argv.slice(2);
const program = PROGRAMS.find((known) => known === name);
if (program) await runProgram(program, args);
else {
  console.error(`There is no program "${name}"; there are ${PROGRAMS.join(', ')}.`);
  process.exitCode = 127; // as a shell says it
}
