/**
 * The id of a tick box, from its text (HTML): its first eight words. It changes when the text does, which is right: what
 * was ticked was another statement.
 */
export function boxId(html: string): string {
  const words = html
    .replace(/<[^>]*>/g, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).slice(0, 8).join('-');
}
