import { type ExitStatus } from '../machine.ts';

/** An end of redis-server that upstream means, by what it logs before. */
interface DocumentedEnd {
  log: RegExp;
  status: readonly ExitStatus[];
  reason: string;
}

const ABORTED: ExitStatus = { kind: 'signal', signal: 'SIGABRT' };
const GAVE_UP: ExitStatus = { kind: 'exit', code: 1 };
const SEGMENTATION_FAULT: ExitStatus = { kind: 'trap', message: 'memory access out of bounds' };

/** Ends that a payload may cause which nobody has checked (`sanitize-dump-payload no`). */
export const UNCHECKED_ENDS: readonly DocumentedEnd[] = [
  {
    log: /=== ASSERTION FAILED/,
    status: [ABORTED],
    reason: 'serverAssert: upstream’s own fuzzer accepts an assertion where payloads are not checked',
  },
  {
    log: /Assertion failed: .* \(sds\.c: /,
    status: [ABORTED],
    reason: 'assert(3) of sds.c, for a string whose length overflows: a negative one in an AOF',
  },
  {
    log: /Guru Meditation: /,
    status: [ABORTED],
    reason: 'serverPanic, for an impossible state: accepted in the same way',
  },
  {
    log: /Redis aborting for OUT OF MEMORY/,
    status: [ABORTED],
    reason: 'an allocation of the size that the payload names, more than the memory of a process',
  },
];

/** Ends that a changed dump.rdb or AOF may cause besides: a server that cannot load its data does not serve. */
export const LOADING_ENDS: readonly DocumentedEnd[] = [
  {
    log: /Internal error in RDB reading offset|Terminating server after rdb file reading failure|Short read or OOM loading DB\. Unrecoverable error/,
    status: [GAVE_UP],
    reason: 'rdbReportError, for a file that breaks off or contradicts itself',
  },
  {
    log: /Fatal error loading the DB: /,
    status: [GAVE_UP],
    reason: 'loadDataFromDisk, for a file of another kind or version',
  },
  {
    log: /FATAL: Data file was created with a Redis server configured to handle more than/,
    status: [GAVE_UP],
    reason: 'rdbLoadRioWithLoadingCtx, for the number of a database that does not exist',
  },
  {
    log: /The RDB file contains (AUX module data I can't load|module AUX data, but)/,
    status: [GAVE_UP],
    reason: 'rdbLoadRioWithLoadingCtx, for data of a module',
  },
  {
    log: /Bad file format reading the append only file|Unexpected end of file reading the append only file/,
    status: [GAVE_UP],
    reason: 'loadSingleAppendOnlyFile, for bytes that are not commands; redis-check-aof repairs the file',
  },
  {
    // The name may have line feeds.
    log: /Unknown command '[^]*' reading the append only file|Unrecoverable error reading the append only file/,
    status: [GAVE_UP],
    reason: 'loadSingleAppendOnlyFile, for a command that does not exist',
  },
  {
    // Or what is there is taken for an object of an unknown kind: a panic in the report of a panic, until the stack is full.
    log: /Redis aborting for OUT OF MEMORY[^]*------ CURRENT CLIENT INFO ------|(?:Guru Meditation: Unknown encoding type[^]*------ CURRENT CLIENT INFO ------[^]*){2}/,
    status: [SEGMENTATION_FAULT],
    reason:
      'an argument larger than the memory: loadSingleAppendOnlyFile has already set argc for arguments that it has not read yet, and logCurrentClient, ' +
      'in the report of the panic, follows the pointers that are not there',
  },
];

/** What of a log is shown in the account of a finding: from upstream's own report on, or the end. */
const SHOWN = 1500;
const REPORT = /=== |Guru Meditation/;

/**
 * Why an end is not one of those that upstream means: the server has trapped, has been ended by a signal, or has exited
 * without a word. Nothing if it is one of them.
 */
export function undocumentedEnd(
  status: ExitStatus,
  log: string,
  allowed: readonly DocumentedEnd[],
): string | undefined {
  const means = (end: ExitStatus): boolean => JSON.stringify(end) === JSON.stringify(status);
  if (allowed.some((end) => end.log.test(log) && end.status.some(means))) return undefined;
  const report = log.search(REPORT);
  const shown = report < 0 ? log.slice(-SHOWN) : log.slice(report, report + SHOWN);
  return `The server has ended with ${JSON.stringify(status)}, which upstream does not document:\n${shown}`;
}
