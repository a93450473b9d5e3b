/** INFO as it came: sections in their order, each with its fields in theirs. */
export type Info = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A field that is not what it was: `before` is undefined for one that was not there. */
export interface Change {
  section: string;
  field: string;
  before: string | undefined;
}

/** Reads the answer to INFO. Lines before the first section and lines without a colon are left out. */
export function readInfo(text: string): Info {
  const sections = new Map<string, Map<string, string>>();
  let fields: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('# ')) {
      fields = new Map();
      sections.set(line.slice(2), fields);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) fields?.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return sections;
}

/** What is different from an earlier look, in the order of the later one. A field that has gone is not listed. */
export function changesSince(before: Info, now: Info): Change[] {
  return [...now].flatMap(([section, fields]) =>
    [...fields].flatMap(([field, value]): Change[] => {
      const old = before.get(section)?.get(field);
      return old === value ? [] : [{ section, field, before: old }];
    }),
  );
}

/** A field wherever it is, as a number; undefined if it is not there or is none. */
export function infoNumber(info: Info, field: string): number | undefined {
  for (const fields of info.values()) {
    const text = fields.get(field);
    if (text !== undefined) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  }
  return undefined;
}

/** Fields that time alone changes, or the question itself. */
const RESTLESS =
  /^(server_time_usec|uptime_in_|lru_clock|used_cpu_|used_memory|mem_|allocator_|rss_|total_commands_|total_net_|instantaneous_|total_reads_|total_writes_|io_threaded_|cmdstat_info|cmdstat_client|latency_percentiles_usec_info|client_recent_|cluster_stats_)/;

/** What has changed, in words: the first few fields by name, without those that always do. */
export function changesInWords(changes: readonly Change[]): string {
  const telling = changes.filter(({ field }) => !RESTLESS.test(field));
  if (telling.length === 0) return 'only what always changes.';
  const named = telling.slice(0, 4).map(({ field }) => field);
  const more = telling.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}.`;
}
