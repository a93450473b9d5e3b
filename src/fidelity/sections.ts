import type { UpstreamReport } from '../../scripts/upstream/report.ts';
import { readExceptions } from '../../scripts/upstream/exceptions.ts';
import exceptions from '../../scripts/upstream/exceptions.txt?raw';
import differences from '../../wasm-redis/differences.txt?raw';
import type { BenchReport } from '../../wasm-redis/bench/report.ts';
import type { DifferentialReport } from '../../wasm-redis/differential/report.ts';
import type { FuzzReport } from '../../wasm-redis/fuzz/report.ts';
import bench from '../../reports/bench.json' with { type: 'json' };
import clients from '../../reports/clients.json' with { type: 'json' };
import differential from '../../reports/differential.json' with { type: 'json' };
import fuzz from '../../reports/fuzz.json' with { type: 'json' };
import upstream from '../../reports/upstream.json' with { type: 'json' };
import { clientsSection } from './clients-section.ts';
import { designSection, readDifferences } from './design-section.ts';
import { differentialSection } from './differential-section.ts';
import { fuzzSection } from './fuzz-section.ts';
import type { FidelitySection } from './section.ts';
import { speedSection } from './speed-section.ts';
import { upstreamSection } from './upstream-section.ts';

/** The whole page, from the checked-in lists and the reports of the last runs. */
export function fidelitySections(): FidelitySection[] {
  // A JSON module has the type of what it contains today, which the next run may change.
  const reports: Record<'bench' | 'upstream' | 'differential' | 'fuzz', unknown> = {
    bench,
    upstream,
    differential,
    fuzz,
  };
  return [
    designSection(readDifferences(differences)),
    upstreamSection(reports.upstream as UpstreamReport, readExceptions(exceptions)),
    differentialSection(reports.differential as DifferentialReport),
    clientsSection(clients),
    fuzzSection(reports.fuzz as FuzzReport),
    speedSection(reports.bench as BenchReport),
  ];
}
