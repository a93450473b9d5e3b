import type { ClientReport } from '../../scripts/clients/report.ts';
import { count, type FidelitySection } from './section.ts';

/** `reports/clients.json` */
export interface ClientsReport {
  date: string;
  clients: readonly ClientReport[];
}

/** Client libraries that others wrote, against servers of this engine that listen on real ports. */
export function clientsSection({ date, clients }: ClientsReport): FidelitySection {
  return {
    heading: 'Client libraries',
    sentences: [`Run on ${date} against servers of this engine that listen on real ports.`],
    tables: [
      {
        caption: 'Clients',
        head: ['Client', 'Version', 'Passed', 'Failed', 'Tests'],
        rows: clients.map(({ client, version, passed, failed, tests }) => [
          client,
          version,
          count(passed),
          count(failed),
          tests.join('; '),
        ]),
      },
    ],
  };
}
