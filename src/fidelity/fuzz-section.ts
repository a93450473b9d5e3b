import { LOADING_ENDS, UNCHECKED_ENDS } from '../../wasm-redis/fuzz/endings.ts';
import type { FuzzReport } from '../../wasm-redis/fuzz/report.ts';
import { count, type FidelitySection } from './section.ts';

/** Hostile input: how much of it, and which ends of a server were taken for right. */
export function fuzzSection(report: FuzzReport): FidelitySection {
  return {
    heading: 'Hostile input',
    sentences: [
      'Corrupted bytes on a connection, corrupted RESTORE payloads, corrupted data files, and system calls with wild arguments. ' +
        'A finding is a hang, an exit of the server that upstream does not document, a change in a neighbouring process, or an error of the machine.',
    ],
    tables: [
      {
        caption: 'Runs',
        head: ['Input', 'Date', 'Minutes', 'Executions', 'Findings'],
        rows: Object.entries(report).map(([name, { date, minutes, executions, findings }]) => [
          name,
          date,
          String(minutes),
          count(executions),
          count(findings),
        ]),
      },
      {
        caption: 'Exits that upstream documents',
        head: ['The log says', 'Reason'],
        rows: [...UNCHECKED_ENDS, ...LOADING_ENDS].map(({ log, reason }) => [log.source, reason]),
      },
    ],
  };
}
