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

/** Said when something has changed: how much, and the first few by name. */
export function changesInWords(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing has changed.';
  const named = changes.slice(0, 3).map(({ field }) => field);
  const more = changes.length > named.length ? ' and others' : '';
  return `${changes.length === 1 ? '1 value has' : `${String(changes.length)} values have`} changed: ${named.join(', ')}${more}.`;
}
