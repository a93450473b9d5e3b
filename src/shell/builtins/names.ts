import { PROGRAMS } from '../../../wasm-redis/machine.ts';
import { type Command, complain, print } from '../context.ts';
import { BUILTINS } from './index.ts';
import { PROGRAMS_OF_SHELL } from '../programs/index.ts';

/** type and which NAME... */
export const type: Command = async (args, context) => {
  let status = 0;
  for (const name of args) {
    const found =
      (context.state.functions.has(name) && 'a function') ||
      (name in BUILTINS && 'a shell builtin') ||
      (PROGRAMS.some((known) => known === name) && 'a program of Redis') ||
      (name in PROGRAMS_OF_SHELL && 'a program of this shell');
    if (found) await print(context, `${name} is ${found}\n`);
    else {
      await complain(context, `bash: type: ${name}: not found`);
      status = 1;
    }
  }
  return status;
};

const HELP = `A small shell in the manner of bash, on the machine of this page.

Redis       ${PROGRAMS.join('  ')}
            on HOST COMMAND runs one on another host: an address, or the name of a node
Syntax      |  >  >>  2>  2>&1  <  <<END  &  &&  ||  ;  !  if  for  while  until  case  functions
            $x  \${x:-y}  $(command)  $((1 + 2))  $?  $!  "..."  '...'  *.rdb  {1..5}
Lab         fault LINE: makes something go wrong (fault help); edit FILE: an editor in the page
Keys        arrows and Ctrl-R: earlier lines; Tab: completes; Ctrl-C: ends; Ctrl-Z: stops; Ctrl-L: clears
Clock       sleep, date and watch go by the machine's clock
`;

/** help */
export const help: Command = async (_args, context) => {
  const width = Math.max(20, Math.min(80, context.core.host.columns) - 14);
  const list = (heading: string, names: readonly string[]): string => {
    const lines: string[] = [];
    for (const name of names) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + name.length < width) lines[lines.length - 1] = `${last}  ${name}`;
      else lines.push(name);
    }
    return `${heading.padEnd(12)}${lines.join(`\n${' '.repeat(12)}`)}\n`;
  };
  const builtins = Object.keys(BUILTINS).filter((name) => /^[a-z]+$/.test(name));
  await print(context, HELP + list('Programs', Object.keys(PROGRAMS_OF_SHELL)) + list('Built in', builtins.sort()));
  return 0;
};
