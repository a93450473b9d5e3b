/** When a flash card is to be seen again: how often it was known in a row, and from when on it is due. */
export interface Review {
  step: number;
  dueMs: number;
}

export type Value = string | number | boolean | Review;

/** A value and when it was set, in milliseconds since 1970. */
export type Fact = readonly [value: Value, atMs: number];

/** What is known of one thing: its fields, each with a time of its own. */
export type Facts = Readonly<Record<string, Fact>>;

/** Everything that is kept: facts by key (`lesson/strings`, `log/k3x9`). */
export type AllFacts = ReadonlyMap<string, Facts>;

/**
 * Both of two versions of the same thing, field by field the later one. The order of the arguments does not matter:
 * of two values set in the same millisecond the one whose JSON sorts later wins.
 */
export function mergeFacts(one: Facts, other: Facts): Facts {
  const merged: Record<string, Fact> = { ...one };
  for (const [field, fact] of Object.entries(other)) {
    const known = merged[field];
    if (!known || isLater(fact, known)) merged[field] = fact;
  }
  return merged;
}

/** Facts with some fields set now. A field that another clock has set in the future is still replaced. */
export function withValues(facts: Facts, values: Readonly<Record<string, Value>>, nowMs: number): Facts {
  const changed: Record<string, Fact> = { ...facts };
  for (const [field, value] of Object.entries(values)) {
    changed[field] = [value, Math.max(nowMs, (facts[field]?.[1] ?? 0) + 1)];
  }
  return changed;
}

/** Two collections as one: what only one has, and of what both have the later of each field. */
export function mergeAll(one: AllFacts, other: AllFacts): Map<string, Facts> {
  const merged = new Map(one);
  for (const [key, facts] of other) merged.set(key, mergeFacts(merged.get(key) ?? {}, facts));
  return merged;
}

function isLater([value, atMs]: Fact, [knownValue, knownAtMs]: Fact): boolean {
  return atMs > knownAtMs || (atMs === knownAtMs && JSON.stringify(value) > JSON.stringify(knownValue));
}
