/**
 * The items in another order, always the same one for the same seed, so that a page is built alike each time. Never the
 * given order if there are at least two items.
 */
export function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const random = randomBySeed(seed);
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const item = result[last] as Item;
    result[last] = result[other] as Item;
    result[other] = item;
  }
  if (items.length > 1 && result.every((item, index) => item === items[index])) result.push(result.shift() as Item);
  return result;
}

/** Numbers from 0 to 1: a linear congruential generator begun with a hash (FNV-1a) of the text. */
function randomBySeed(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
