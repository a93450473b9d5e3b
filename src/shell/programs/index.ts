import type { Command } from '../context.ts';
import { cp, mkdir, mv, rm, rmdir, touch, truncate } from './file-tree.ts';
import { grep } from './grep.ts';
import { ls } from './ls.ts';
import { date, pkill, ps, sleep, timeout, watch, xargs } from './processes.ts';
import { sed } from './sed.ts';
import { cut, seq, sort, tr, uniq, wc } from './text.ts';
import { cat, head, tail, tee, xxd } from './whole-files.ts';

/** The programs besides those of Redis. Only the options named beside each exist. */
export const PROGRAMS_OF_SHELL: Readonly<Record<string, Command>> = {
  cat,
  cp,
  cut,
  date,
  grep,
  head,
  killall: pkill,
  ls,
  mkdir,
  mv,
  pkill,
  ps,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  tail,
  tee,
  timeout,
  touch,
  tr,
  truncate,
  uniq,
  watch,
  wc,
  xargs,
  xxd,
};
