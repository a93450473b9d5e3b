import { type Group, type Sequence } from './sequence.ts';

/**
 * Makes a failing sequence small by leaving groups out, half of them, a quarter and so on, as long as it still fails
 * (Zeller's delta debugging). @param fails whether a sequence still fails; called at most `limit` times
 */
export async function shrink(
  sequence: Sequence,
  fails: (sequence: Sequence) => Promise<boolean>,
  limit = 400,
): Promise<Sequence> {
  let groups: readonly Group[] = sequence.groups;
  let left = limit;
  for (let size = Math.ceil(groups.length / 2); left > 0;) {
    let removed = false;
    for (let at = 0; at < groups.length && left > 0; left--) {
      const shorter = [...groups.slice(0, at), ...groups.slice(at + size)];
      if (shorter.length < groups.length && (await fails({ ...sequence, groups: shorter }))) {
        groups = shorter;
        removed = true;
      } else at += size;
    }
    if (size === 1 && !removed) break;
    size = Math.max(1, Math.floor(size / 2));
  }
  return { ...sequence, groups };
}
