const HOUR_MS = 3_600_000;

/** The end of a sitting in words. `missed` of the cards that were known at last were not known at first. */
export function endedWords(known: number, missed: number): string {
  const cards = known === 1 ? 'One card' : `${known} cards`;
  const begin = `${cards} reviewed`;
  if (missed === 0) return `${begin}, ${known === 1 ? 'known' : 'all known'} at once.`;
  return `${begin}, ${known - missed} known at once, ${missed} after another look.`;
}

/** What comes later: `total` cards are kept, the next of them is due at `nextMs`. Without any it says where cards come from. */
export function restWords(total: number, nextMs: number | undefined, nowMs: number): string {
  if (total === 0)
    return 'There are no cards yet. A question becomes a card when you answer it in a lesson, and all questions of a lesson do when you mark it as done.';
  const kept = total === 1 ? 'You have one card' : `You have ${total} cards`;
  if (nextMs === undefined) return `${kept}.`;
  return `${kept}; the next one is due ${when(nextMs, nowMs)}.`;
}

/** `at 14:10` within twelve hours, else the day. */
function when(ms: number, nowMs: number): string {
  const date = new Date(ms);
  if (ms - nowMs < 12 * HOUR_MS)
    return `at ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  // The weekday by itself: whether a comma follows it differs between browsers.
  const weekday = date.toLocaleDateString('en-GB', { weekday: 'long' });
  return `on ${weekday} ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}`;
}
