import type { OnDemand } from './page-scripts.ts';

/** One thing that may not grow beyond a limit. Bytes; kB are thousands. */
export interface Limit {
  what: string;
  bytes: number;
  limit: number;
}

/** brotli, by program. */
export const ENGINE_LIMITS: Readonly<Record<string, number>> = {
  'redis-server.wasm': 435_000,
  'redis-cli.wasm': 118_000,
};

/** JavaScript of a page, gzip: as it is loaded, and with the terminal open (beside the WebAssembly). */
export const PAGE_LIMITS = { closed: 45_000, open: 150_000 } as const;

/** JavaScript that a reader asks for beside the terminal, gzip, beyond what the page has loaded by then. */
export const ON_DEMAND_LIMITS: readonly (OnDemand & { limit: number })[] = [
  { what: 'faults of an example', chunk: /\/order-fault\./, neededBy: /# fault:/, limit: 4_500 },
  { what: 'start of several nodes', chunk: /\/(?:start-topology|node-config)[.-]/, limit: 5_000 },
  { what: 'several nodes begin anew', chunk: /\/beginning\./, limit: 1_500 },
  { what: 'files kept between visits', chunk: /\/file-mirror-/, neededBy: /<redis-playground/, limit: 3_500 },
  { what: 'questions to a node', chunk: /\/node-client[.-]/, limit: 5_000 },
  { what: 'Check of an exercise', chunk: /\/page-exercise\./, neededBy: /data-exercise/, limit: 7_000 },
  { what: 'Answer of a question', chunk: /\/page-question\./, neededBy: /data-question/, limit: 4_500 },
  { what: 'entry of the learning log', chunk: /\/lesson-entry\./, limit: 5_000 },
  { what: 'shell of a terminal, the parser of bash with it', chunk: /\/terminal-shell\./, limit: 58_000 },
  { what: 'editor, and faults by the names of nodes', chunk: /\/shell-answers\./, limit: 8_000 },
  { what: 'shell of a transcript', chunk: /\/shell-screen\./, limit: 58_000 },
  { what: 'what a search has found', chunk: /\/results[.-]/, limit: 1_000 },
  { what: 'opening a panel', chunk: /\/lab-panel[.-]/, neededBy: /<lab-panel/, limit: 2_000 },
  { what: 'clock and rewind', chunk: /\/clock-panel\./, neededBy: /panel="clock"/, limit: 11_000 },
  { what: 'faults', chunk: /\/faults-panel\./, neededBy: /panel="faults"/, limit: 11_000 },
  { what: 'a look at the nodes', chunk: /\/look-at-lab\./, limit: 11_000 },
  { what: 'topology', chunk: /\/topology-panel\./, neededBy: /panel="topology"/, limit: 17_000 },
  {
    what: 'timeline, a part of the topology with it',
    chunk: /\/timeline-panel\./,
    neededBy: /panel="timeline"/,
    limit: 21_000,
  },
  { what: 'slots', chunk: /\/slots-panel\./, neededBy: /panel="slots"/, limit: 7_000 },
  { what: 'wire, the capture file with it', chunk: /\/wire-panel\./, neededBy: /panel="wire"/, limit: 17_000 },
  { what: 'keys', chunk: /\/keys-panel\./, neededBy: /panel="keys"/, limit: 27_000 },
  { what: 'load', chunk: /\/load-panel\./, neededBy: /panel="load"/, limit: 16_000 },
  { what: 'benchmark', chunk: /\/benchmark-panel\./, neededBy: /panel="benchmark"/, limit: 9_000 },
  { what: 'keys for a finger', chunk: /\/touch-keys[.-]/, limit: 1_000 },
  { what: 'links in a terminal', chunk: /\/addon-web-links\./, limit: 2_000 },
  { what: 'faults of the machine', chunk: /\/faults[.-](?!panel)/, limit: 4_000 },
  { what: 'saves of the machine', chunk: /\/machine-saves[.-]/, limit: 2_000 },
  { what: 'folders of the machine', chunk: /\/folders[.-]/, limit: 1_500 },
  { what: 'capture of the network', chunk: /\/start-capture[.-]/, limit: 4_000 },
  { what: 'wide characters', chunk: /\/addon-unicode11\./, limit: 9_000 },
];

/** A line for each, and the closing line. Nothing measured is a failure: a check that finds no file checks nothing. */
export function reportLimits(limits: readonly Limit[]): { lines: string[]; failed: number } {
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const tooBig = limits.filter(({ bytes, limit }) => bytes > limit);
  const lines = limits.map(({ what, bytes, limit }) => {
    const verdict = bytes > limit ? `TOO BIG, the limit is ${kB(limit)}` : `of ${kB(limit)}`;
    return `${what}: ${kB(bytes)} ${verdict}`;
  });
  if (limits.length === 0) return { lines: ['nothing was measured', '0 passed, 1 failed'], failed: 1 };
  lines.push(`${limits.length - tooBig.length} passed, ${tooBig.length} failed (size limits)`);
  return { lines, failed: tooBig.length };
}
