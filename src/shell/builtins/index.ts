import type { Command } from '../context.ts';
import { bracket, test } from '../test.ts';
import { breakLoop, continueLoop, evaluateWords, exit, fail, returnFrom, shell, source, succeed } from './flow.ts';
import { background, disown, foreground, jobs, kill, wait } from './jobs.ts';
import { help, type } from './names.ts';
import { cd, clear, echo, edit, fault, history, on, printf, pwd } from './place.ts';
import { declare, env, exportVariables, readLine, set, shift, unset } from './variables.ts';

/** What the shell does itself, and by which its own state changes. */
export const BUILTINS: Readonly<Record<string, Command>> = {
  ':': succeed,
  '.': source,
  '[': bracket,
  bash: shell,
  bg: background,
  break: breakLoop,
  cd,
  clear,
  continue: continueLoop,
  declare,
  disown,
  echo,
  edit,
  env,
  eval: evaluateWords,
  exit,
  export: exportVariables,
  false: fail,
  fault,
  fg: foreground,
  help,
  history,
  jobs,
  kill,
  local: declare,
  on,
  printf,
  pwd,
  read: readLine,
  return: returnFrom,
  set,
  sh: shell,
  shift,
  source,
  test,
  true: succeed,
  type,
  unset,
  wait,
  which: type,
};
