/** Whether a command's line in the index has all the words that were typed, in any order, in upper or lower case. */
export function matchesFilter(text: string, typed: string): boolean {
  const searched = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
